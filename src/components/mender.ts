import { mendContainers, type Repair } from '../host/mend';
import type { SshTarget } from '../host/sshOption';

/** How many containers are mended in one session, which has a time limit. */
const mostAtOnce = 30;

/** How long the first one waits for others. */
const gatherMilliseconds = 100;

/** Mends the containers of one host: those that come while a session is under way go together in the next one. */
export class Mender {
  private waiting: { repair: Repair; done: (trouble: string | undefined) => void }[] = [];
  private isBusy = false;

  constructor(private readonly target: () => SshTarget | undefined) {}

  /** Resolves to why it failed, or to `undefined`. */
  mend(repair: Repair): Promise<string | undefined> {
    return new Promise((done) => {
      this.waiting.push({ repair, done });
      if (!this.isBusy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    // The engine calls the hooks of several components at a time.
    await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds));
    for (let now = this.waiting.splice(0, mostAtOnce); now.length > 0; now = this.waiting.splice(0, mostAtOnce)) {
      const troubles = await this.attempt(now.map(({ repair }) => repair));
      now.forEach(({ done }, index) => {
        done(troubles[index]);
      });
    }
    this.isBusy = false;
  }

  private async attempt(repairs: readonly Repair[]): Promise<(string | undefined)[]> {
    const target = this.target();
    try {
      return target === undefined
        ? repairs.map(() => 'it is not known how to reach the host')
        : await mendContainers(target, repairs);
    } catch (error) {
      return repairs.map(() => String(error));
    }
  }
}
