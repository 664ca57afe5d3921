import { availableParallelism } from 'node:os';
import * as pulumi from '@pulumi/pulumi';
import { whenResolved } from './knownNow';

/** How many resources the engine makes at a time: `--parallel`, which it hands to the program, or 4 for each processor, its default. */
export function engineParallelism(): number {
  const given = Number(process.env.PULUMI_NODEJS_PARALLEL);
  // Without a limit it gives the largest number of 32 bits.
  return given > 0 ? given : 4 * availableParallelism();
}

/**
 * What waits for a turn. While the docker provider makes a network, it waits for two seconds and the host does nothing; while it makes a
 * container, the host is busy.
 */
export type TurnKind = 'network' | 'container';

/**
 * One host's share of what the engine makes at a time. The engine takes resources in the order in which they arrive, so all that is declared
 * on the first host would keep it busy while the others wait, and all networks would be made before the first container.
 */
export class FairShare {
  private readonly busy = { network: 0, container: 0 };
  private readonly waiting: Record<TurnKind, (() => void)[]> = { network: [], container: [] };
  /** Containers that are declared and not under way yet. */
  private expected = 0;

  /** @param limit - how many resources of this host may be under way at a time. */
  constructor(private readonly limit: () => number) {}

  /**
   * A turn for one resource, or none at preview, where nothing is made.
   * @param inputs - all that the resource waits for. Its turn comes only then, so no resource that has one waits for another.
   */
  turn(kind: TurnKind, inputs: unknown): Turn {
    if (pulumi.runtime.isDryRun()) return { before: (output) => output, until: () => undefined };
    if (kind === 'container') this.expected++;
    const begun = whenResolved(inputs).then(
      () => this.begin(kind),
      (error: unknown) => {
        if (kind === 'container') this.expected--;
        throw error;
      },
    );
    const end = () => {
      this.busy[kind]--;
      this.fill();
    };
    return {
      before: (output) => output.apply((value) => begun.then(() => value)),
      until: (resource) =>
        void begun.then(
          () => whenResolved(resource.id).then(end, end),
          () => undefined,
        ),
    };
  }

  private begin(kind: TurnKind): Promise<void> {
    return new Promise((resolve) => {
      this.waiting[kind].push(resolve);
      this.fill();
    });
  }

  /** Gives turns to those that wait: to containers until they have what is kept for them, then to networks. */
  private fill(): void {
    const { busy, waiting } = this;
    for (;;) {
      const kinds: TurnKind[] =
        busy.container < this.keptForContainers ? ['container', 'network'] : ['network', 'container'];
      const kind = kinds.find((one) => waiting[one].length > 0 && this.mayBegin(one));
      if (kind === undefined) return;
      busy[kind]++;
      if (kind === 'container') this.expected--;
      waiting[kind].shift()?.();
    }
  }

  private mayBegin(kind: TurnKind): boolean {
    if (this.busy.network + this.busy.container >= this.most) return false;
    return (
      kind === 'container' || this.expected === 0 || this.busy.network < Math.max(1, this.most - this.keptForContainers)
    );
  }

  private get most(): number {
    return Math.max(1, this.limit());
  }

  /** A quarter of the share, as long as containers are to come: one or two are enough to keep a host busy, and each network is two seconds of waiting. */
  private get keptForContainers(): number {
    return Math.max(1, Math.floor(this.most / 4));
  }
}

/** A turn of one resource. */
export interface Turn {
  /** An input of the resource, held back until its turn. */
  before<T>(output: pulumi.Output<T>): pulumi.Output<T>;
  /** Call it with the resource: the turn ends when it is there, or has failed. */
  until(resource: pulumi.CustomResource): void;
}
