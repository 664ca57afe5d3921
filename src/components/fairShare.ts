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
 * One host's share of what the engine makes at a time. The engine takes resources in the order in which they arrive, so all that is declared
 * on the first host would keep it busy while the others wait.
 */
export class FairShare {
  private busy = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param limit - how many resources of this host may be under way at a time. */
  constructor(private readonly limit: () => number) {}

  /**
   * A turn for one resource, or none at preview, where nothing is made.
   * @param inputs - all that the resource waits for. Its turn comes only then, so no resource that has one waits for another.
   */
  turn(inputs: unknown): Turn {
    if (pulumi.runtime.isDryRun()) return { before: (output) => output, until: () => undefined };
    const begun = whenResolved(inputs).then(() => this.begin());
    const end = () => {
      const next = this.waiting.shift();
      if (next === undefined) this.busy--;
      else next();
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

  private async begin(): Promise<void> {
    if (this.busy < Math.max(1, this.limit())) this.busy++;
    // Whose turn ends hands it on.
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

/** A turn of one resource. */
export interface Turn {
  /** An input of the resource, held back until its turn. */
  before<T>(output: pulumi.Output<T>): pulumi.Output<T>;
  /** Call it with the resource: the turn ends when it is there, or has failed. */
  until(resource: pulumi.CustomResource): void;
}
