/** How far an `up` has come on the links of each host, for the error of one whose change is taken back. */
export class Progress {
  private readonly hosts = new Map<string, Counts>();

  /** For a host. Returns the functions that record its changes. */
  add(host: string): HostProgress {
    const counts: Counts = { begun: 0, done: 0, end: undefined };
    this.hosts.set(host, counts);
    return {
      begin: () => {
        counts.begun++;
      },
      end: () => {
        counts.done++;
      },
      fail: () => {
        counts.end ??= 'failed';
      },
      takeBack: (said) => {
        counts.end = said === undefined ? 'taken back' : `taken back: ${said}`;
      },
    };
  }

  /** One line a host: `n2: not begun`. Empty for a program of one host. */
  lines(): string[] {
    if (this.hosts.size < 2) return [];
    return [...this.hosts].map(([host, { begun, done, end }]) => {
      if (end !== undefined) return `${host}: ${end}`;
      if (begun > done) return `${host}: under way`;
      return `${host}: ${done > 0 ? 'changed' : 'not begun'}`;
    });
  }
}

interface Counts {
  begun: number;
  done: number;
  /** How it ended, if without success. */
  end: string | undefined;
}

/** What happens to the links of one host. */
export interface HostProgress {
  begin(): void;
  end(): void;
  /** A change failed; the host has undone it. */
  fail(): void;
  /**
   * The host takes a change back, since it was not confirmed.
   * @param said - what it has reported of that.
   */
  takeBack(said?: string): void;
}
