import { AsyncLocalStorage } from 'node:async_hooks';
import * as pulumi from '@pulumi/pulumi';
import { printable } from '../plan/argument/printable';
import { engineParallelism, FairShare } from './fairShare';
import { Gate, type GateMember } from './gate';
import { Layout } from './layout';
import { Progress } from './progress';
import { Together } from './together';

/** The state of one running Pulumi program: all that its components declare, and the gate that checks it. */
export class Program {
  readonly gate = new Gate({ isDryRun: pulumi.runtime.isDryRun, warn: (text) => pulumi.log.warn(text) });
  readonly layout = new Layout(() => this.gate.changed());
  readonly progress = new Progress();
  readonly together = new Together();

  private hosts = 0;

  private constructor() {
    this.gate.add(this.layout);
  }

  private static readonly running = new WeakMap<object, Program>();

  /** The program that runs now. One process may run several, each with its own monitor (the connection to the engine). */
  static current(): Program {
    const monitor: object = pulumi.runtime.getMonitor() ?? Program;
    const program = Program.running.get(monitor) ?? new Program();
    Program.running.set(monitor, program);
    return program;
  }

  /** One host's share of what the engine makes at a time. */
  share(): FairShare {
    this.hosts++;
    return new FairShare(() => Math.floor(engineParallelism() / this.hosts));
  }

  /**
   * Hooks that run the gate, for a component and each of its children that touches a host: a hook of the component alone does not run if
   * only a child changes. None in a unit test, whose mocks run no hooks.
   * @param more - what one child needs after the check.
   */
  hooks(name: string, members: readonly GateMember[], more?: HookOfChild): pulumi.ResourceHookBinding {
    if (!engineHasHooks()) return {};
    // The engine calls hooks outside of the program's async context, which logging and `isDryRun` need.
    const inProgram = AsyncLocalStorage.snapshot();
    const run = (args: pulumi.ResourceHookArgs) =>
      inProgram(() =>
        this.gate
          .pass(members, { label: labelOf(args), isUpdate: args.oldInputs !== undefined })
          .then(() => this.safely(async () => more?.run?.(args)))
          .catch(async (error: unknown) => {
            await more?.refused?.();
            throw error;
          }),
      );
    const own = more === undefined ? name : `${name}:${more.role}`;
    const before = [new pulumi.ResourceHook(own, run, { onDryRun: true })];
    const { after, failed } = more ?? {};
    if (after === undefined) return { beforeCreate: before, beforeUpdate: before };
    // Its error fails the `up`, and the engine begins nothing more.
    const confirm = ({ newOutputs }: pulumi.ResourceHookArgs) =>
      inProgram(() => this.safely(() => after(newOutputs ?? {})));
    const made = [new pulumi.ResourceHook(`${own}:after`, confirm)];
    const explain = ({ errors }: pulumi.ErrorHookArgs) =>
      inProgram(() => this.safely(async () => (await failed?.(errors)) ?? false));
    const lost = [new pulumi.ErrorHook(`${own}:failed`, explain)];
    return { beforeCreate: before, beforeUpdate: before, afterCreate: made, afterUpdate: made, onError: lost };
  }

  /** The error of a hook is printed as it is. */
  private async safely<T>(run: () => Promise<T>): Promise<T> {
    return run().catch((error: unknown) => {
      throw new Error(this.gate.safe(error instanceof Error ? error.message : String(error)));
    });
  }
}

/** How a resource is called in messages: `VlanTrunk trunk`. */
function labelOf({ type, name }: pulumi.ResourceHookArgs): string {
  return `${type.slice(type.lastIndexOf(':') + 1)} ${printable(name)}`;
}

/** What the hook of a component, or of one of its children, does beyond the check. */
export interface HookOfChild {
  /** Tells its hook from the others of the component. */
  readonly role: string;
  /** Default: nothing. */
  readonly run?: (args: pulumi.ResourceHookArgs) => Promise<void>;
  /** What it does where the check or `run` has failed; never rejects. */
  readonly refused?: () => Promise<void>;
  /** What it does once the child has been made or changed, with the child's outputs. */
  readonly after?: (outputs: Record<string, unknown>) => Promise<void>;
  /** What it does where that has failed, with the errors, the newest first; true tries it again. Only where `after` is given. */
  readonly failed?: (errors: readonly string[]) => Promise<boolean>;
}

/** False under `pulumi.runtime.setMocks`: the mocks lack the method that registers hooks, and the SDK calls it without a check. */
export function engineHasHooks(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && 'registerResourceHook' in monitor;
}
