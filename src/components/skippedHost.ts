import type * as pulumi from '@pulumi/pulumi';
import { keeping } from './revision';

/**
 * A host that may be away: while it does not answer, each input of what the state has of it counts as unchanged, so that the engine does nothing
 * there. What is new cannot be kept, and its hook refuses it.
 */
export class SkippedHost {
  private silent: Promise<boolean> | undefined;

  /** @param ask - asks whether it is away; at most once, when its first resource is declared, and not before the caller's constructor has ended. */
  constructor(private readonly ask: () => Promise<boolean>) {}

  /** The options of a resource on it, with the inputs that keep the values of the state. */
  keeping<T extends pulumi.ResourceOptions>(opts: T, kept: string[]): T {
    // The SDK waits for dependencies before it reads the list; the answer brings none.
    const answered = (this.silent ??= Promise.resolve().then(this.ask)).then((isSilent): pulumi.Resource[] => {
      if (isSilent) kept.push('*');
      return [];
    });
    return keeping(kept, { ...opts, dependsOn: after(answered, opts.dependsOn) });
  }
}

type Dependencies = pulumi.ResourceOptions['dependsOn'];

async function after(
  answered: Promise<pulumi.Resource[]>,
  given: Dependencies,
): Promise<pulumi.Input<pulumi.Resource>[]> {
  const none = await answered;
  if (given === undefined) return none;
  // An output of a list is as good as a list: the SDK takes lists in lists.
  return Array.isArray(given) ? given : [given as pulumi.Input<pulumi.Resource>];
}
