import { AsyncLocalStorage } from 'node:async_hooks';
import * as pulumi from '@pulumi/pulumi';
import { Gate, type GateMember } from './gate';
import { hookName } from './hookName';
import { Layout } from './layout';

/** What is kept of one Pulumi program while it runs: all that its components declare, and the gate before it. */
export class Program {
  readonly gate = new Gate({ isDryRun: pulumi.runtime.isDryRun, warn: (text) => pulumi.log.warn(text) });
  readonly layout = new Layout(() => this.gate.changed());

  private constructor() {
    this.gate.add(this.layout);
  }

  private static readonly running = new WeakMap<object, Program>();

  /** The program that runs now: one process may run several, each with a monitor of its own. */
  static current(): Program {
    const monitor: object = pulumi.runtime.getMonitor() ?? Program;
    const program = Program.running.get(monitor) ?? new Program();
    Program.running.set(monitor, program);
    return program;
  }

  /**
   * The gate as hooks of a component and of each of its children that touches a host: a hook of the component alone does not run
   * where only a child changes. None in a unit test, whose mocks run no hooks.
   */
  hooks(
    kind: string,
    name: string,
    parent: pulumi.Resource | undefined,
    members: readonly GateMember[],
  ): pulumi.ResourceHookBinding {
    if (!engineHasHooks()) return {};
    // The engine calls hooks from outside of the program's own context, in which logging and `isDryRun` live.
    const inProgram = AsyncLocalStorage.snapshot();
    const pass = () => inProgram(() => this.gate.pass(members));
    const hook = new pulumi.ResourceHook(hookName(kind, name, parent), pass, { onDryRun: true });
    return { beforeCreate: [hook], beforeUpdate: [hook] };
  }
}

/** The mocks of `pulumi.runtime.setMocks` do not have the method, and the SDK does not ask before it calls it. */
export function engineHasHooks(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && 'registerResourceHook' in monitor;
}
