import { mendContainers, type Repair } from '../host/mend';
import type { SshTarget } from '../host/sshOption';
import { Gathered } from './gathered';

const mostAtOnce = 30;

/** Mends the containers of one host. */
export class Mender {
  private readonly work: Gathered<Repair>;

  constructor(target: () => SshTarget | undefined) {
    this.work = new Gathered(async (repairs) => {
      const known = target();
      return known === undefined
        ? repairs.map(() => 'it is not known how to reach the host')
        : mendContainers(known, repairs);
    }, mostAtOnce);
  }

  /** Resolves to why it failed, or to `undefined`. */
  mend(repair: Repair): Promise<string | undefined> {
    return this.work.add(repair);
  }
}
