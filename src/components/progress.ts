/** How far an `up` has come on the links of each host, for the error of one whose change is taken back. */
export class Progress {
  private readonly hosts = new Map<string, { begun: number; done: number; isTakenBack: boolean }>();

  /** For a host. Returns the functions that record its changes. */
  add(host: string): HostProgress {
    const counts = { begun: 0, done: 0, isTakenBack: false };
    this.hosts.set(host, counts);
    return {
      begin: () => void counts.begun++,
      end: () => void counts.done++,
      takeBack: () => void (counts.isTakenBack = true),
    };
  }

  /** One line a host: `n2: not begun`. Empty for a program of one host. */
  lines(): string[] {
    if (this.hosts.size < 2) return [];
    return [...this.hosts].map(([host, { begun, done, isTakenBack }]) => {
      if (isTakenBack) return `${host}: taken back`;
      if (begun > done) return `${host}: under way`;
      return `${host}: ${done > 0 ? 'changed' : 'not begun'}`;
    });
  }
}

/** What happens to the links of one host. */
export interface HostProgress {
  begin(): void;
  end(): void;
  /** The host takes a change back, since it was not confirmed. */
  takeBack(): void;
}
