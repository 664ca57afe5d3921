/** A change that a host takes back unless it is confirmed. */
export interface ArmedChange {
  /** Reaches the host over a new connection: it still has the change, and its time begins anew. Rejects where not. */
  hold(): Promise<void>;
  /** Rejects where the host was not reached in time: it takes the change back. */
  confirm(): Promise<void>;
  /** Has the host take it back, and resolves when it has, or does not answer. Never rejects. */
  undo(): Promise<void>;
}

/** Seconds beyond a host's own time in which something must happen to the trunks that the others wait for. */
const patience = 60;

/**
 * Trunks whose changes are confirmed together (`rollBackTogether` of their hosts): once each of them was made, or needs no change, and each host was
 * reached after it over a new connection. Where one fails, all that wait go back. A host has one change armed at a time, so its trunks take turns.
 * Nothing waits in the engine, which would keep it from the other hosts with `--parallel 1`.
 */
export class Together {
  private readonly trunks: JointTrunk[] = [];
  private confirming: Promise<void> | undefined;
  private failure: Promise<boolean> | undefined;
  /** Why it has failed, until that is reported. */
  private reason: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Nothing that waits for an outcome can be made any more. */
  isEngineGone = false;

  /**
   * @param host - its name.
   * @param seconds - for how long the host waits for a confirmation.
   * @param isShim - it takes its turn on its host, and is confirmed without waiting for others: nothing comes after it that could be held back.
   */
  add(host: string, seconds: number, isShim = false): JointTrunk {
    const trunk = new JointTrunk(this, host, seconds, isShim);
    this.trunks.push(trunk);
    return trunk;
  }

  get hasFailed(): boolean {
    return this.failure !== undefined;
  }

  /**
   * Takes back all that wait, and waits until what is under way has been taken back as well. Resolves with whether there was any.
   * @param reason - absent where the caller reports it.
   */
  async fail(reason?: string): Promise<boolean> {
    if (this.failure === undefined) this.reason = reason;
    return (this.failure ??= this.takeBack());
  }

  /** Why a trunk goes no further, where another one has failed. */
  refusal(): Error {
    const reason =
      this.reason ?? 'stopped with another host that has rollBackTogether, for the reason that is listed there';
    this.reason = undefined;
    return new Error(reason);
  }

  /** Call it when a trunk has come further. */
  changed(): void {
    clearTimeout(this.timer);
    this.giveTurns();
    const waiting = this.in('waiting');
    if (waiting.length === 0 || this.hasFailed || this.confirming !== undefined) return;
    const others = this.in('expected', 'begun');
    if (others.length === 0) this.confirming = this.confirm(waiting).finally(() => this.confirmed());
    else this.timer = setTimeout(() => void this.fail(tooLate(others)), longest([...waiting, ...others]));
  }

  private confirmed(): void {
    this.confirming = undefined;
    this.changed();
  }

  private giveTurns(): void {
    const busy = new Set(this.in('expected', 'begun', 'waiting', 'settling').map(({ host }) => host));
    for (const trunk of this.in('queued')) {
      if (busy.has(trunk.host)) continue;
      busy.add(trunk.host);
      trunk.expect();
    }
  }

  private async confirm(waiting: readonly JointTrunk[]): Promise<void> {
    const lost = (await Promise.all(waiting.map((trunk) => trunk.confirm()))).filter((reason) => reason !== undefined);
    if (lost.length > 0) void this.fail(lost.join('\n  '));
    else for (const trunk of waiting) trunk.leave();
  }

  private async takeBack(): Promise<boolean> {
    clearTimeout(this.timer);
    await this.confirming;
    const [begun, waiting] = [this.in('begun'), this.in('waiting')];
    await Promise.all(waiting.map((trunk) => trunk.takeBack()));
    // Each goes back when it arrives.
    await atMost(longest(begun), Promise.all(begun.map(({ outcome }) => outcome)));
    for (const trunk of this.in('settling')) trunk.leave('failed');
    return begun.length + waiting.length > 0;
  }

  private in(...states: State[]): JointTrunk[] {
    return this.trunks.filter(({ state }) => states.includes(state));
  }
}

/** What has become of a trunk; `failed`, too, where another one has. */
export type Outcome = 'kept' | 'failed';

/**
 * `queued`: only its turn on its host is missing. `expected`: it has that, and the engine makes it or finds nothing to change. `waiting`: made, and its
 * host was reached. `settling`: it is being confirmed or taken back.
 */
type State = 'declared' | 'queued' | 'expected' | 'begun' | 'waiting' | 'settling' | 'over';

/** One of the trunks, or a shim, as far as the others wait for it. */
export class JointTrunk {
  state: State = 'declared';
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  private change: ArmedChange | undefined;
  private end: (outcome: Outcome) => void = () => undefined;
  private granted: () => void = () => undefined;

  constructor(
    private readonly together: Together,
    readonly host: string,
    readonly seconds: number,
    private readonly isShim: boolean,
  ) {
    this.outcome = new Promise((resolve) => (this.end = resolve));
  }

  /** Resolves when no other trunk of its host is under way. Call it once nothing else keeps it from being made: the others wait for it from then on. */
  turn(): Promise<void> {
    const turn = new Promise<void>((resolve) => (this.granted = resolve));
    this.move('queued');
    return turn;
  }

  expect(): void {
    this.state = 'expected';
    this.granted();
  }

  /** The engine makes it. Throws where others have failed already. */
  begin(): void {
    if (this.together.hasFailed) throw this.refusal();
    this.move('begun');
  }

  /** Why it goes no further, where it or another one has failed. */
  refusal(): Error {
    return this.together.refusal();
  }

  /** The engine has found nothing to change. */
  pass(): void {
    if (this.state === 'queued' || this.state === 'expected') this.leave();
  }

  /** Nothing is armed, or no longer. */
  leave(outcome: Outcome = 'kept'): void {
    if (this.state === 'over') return;
    if (!this.together.isEngineGone) this.end(outcome);
    this.move('over');
  }

  /** Its change was made. Rejects where the host is not reached any more or others have failed, after all of them went back. */
  async arrive(change: ArmedChange): Promise<void> {
    this.change = change;
    this.together.changed();
    try {
      await (this.isShim ? change.confirm() : change.hold());
    } catch (error) {
      await this.fail();
      throw error;
    }
    if (this.isShim) {
      this.leave();
      return;
    }
    if (this.together.hasFailed) {
      await this.takeBack();
      this.leave('failed');
      throw this.refusal();
    }
    this.move('waiting');
    void this.keepHolding(change);
  }

  /**
   * It was not made, or not confirmed, and its host takes it back: so do the others.
   * @param reason - absent where the caller reports it.
   */
  async fail(reason?: string): Promise<boolean> {
    // First, or the others would be confirmed as soon as it is none of those that they wait for.
    const others = this.together.fail(reason);
    this.leave('failed');
    return others;
  }

  /** Resolves with the reason why not. */
  async confirm(): Promise<string | undefined> {
    this.state = 'settling';
    return this.change?.confirm().then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
  }

  /** The engine has ended, for a reason of its own. */
  async abandon(): Promise<void> {
    this.together.isEngineGone = true;
    await this.fail();
  }

  async takeBack(): Promise<void> {
    this.state = 'settling';
    await this.change?.undo();
  }

  private isWaiting(): boolean {
    return this.state === 'waiting';
  }

  private move(state: State): void {
    this.state = state;
    this.together.changed();
  }

  /** Its host waits for its own time only, and the others may take longer. */
  private async keepHolding(change: ArmedChange): Promise<void> {
    for (;;) {
      await atMost((this.seconds * 1000) / 3, this.outcome);
      if (!this.isWaiting()) return;
      try {
        await change.hold();
      } catch (error) {
        // Else it was confirmed or taken back meanwhile.
        if (this.isWaiting()) await this.fail((error as Error).message);
      }
    }
  }
}

function longest(trunks: readonly JointTrunk[]): number {
  return (Math.max(0, ...trunks.map(({ seconds }) => seconds)) + patience) * 1000;
}

function tooLate(others: readonly JointTrunk[]): string {
  const hosts = [...new Set(others.map(({ host }) => host))].join(', ');
  return `nothing has come of ${hosts} for ${longest(others) / 1000} s, while other hosts wait for that`;
}

/** Waits for a promise, but not for longer. */
async function atMost(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([promise, bound]);
  clearTimeout(timer);
}
