/** How long the first one waits for others. */
const gatherMilliseconds = 100;

/**
 * Work on one host for which several components ask at a time: what comes while a session is under way goes together in the next one. Each
 * outcome is why it failed, or `undefined`.
 */
export class Gathered<Item> {
  private waiting: { item: Item; done: (trouble: string | undefined) => void }[] = [];
  private isBusy = false;

  /**
   * @param attempt - does it for several, in one session; an outcome for each.
   * @param mostAtOnce - how many go in one session, which has a time limit.
   */
  constructor(
    private readonly attempt: (items: readonly Item[]) => Promise<(string | undefined)[]>,
    private readonly mostAtOnce: number,
  ) {}

  /** Resolves to why it failed, or to `undefined`; never rejects. */
  add(item: Item): Promise<string | undefined> {
    return new Promise((done) => {
      this.waiting.push({ item, done });
      if (!this.isBusy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    // The engine calls the hooks of several components at a time.
    await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds));
    const next = () => this.waiting.splice(0, this.mostAtOnce);
    for (let now = next(); now.length > 0; now = next()) {
      const items = now.map(({ item }) => item);
      const troubles = await this.attempt(items).catch((error: unknown) => items.map(() => String(error)));
      now.forEach(({ done }, index) => {
        done(troubles[index]);
      });
    }
    this.isBusy = false;
  }
}
