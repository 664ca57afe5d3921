import * as pulumi from '@pulumi/pulumi';
import type { ProbeResult } from '../host/probeResult';
import { printable } from '../plan/argument/printable';
import type { Problem } from '../plan/argument/problem';
import type { GateMember } from './gate';
import { hookName } from './hookName';
import { isFullyKnown, knownNow, whenResolved } from './knownNow';
import { engineHasHooks, type HookOfChild, Program } from './program';
import { refuse } from './refusal';

/** The result of reading a component's arguments. */
export interface Reading<P> {
  readonly problems: Problem[];
  /** Makes the plan; called only if there is no problem and every value is known. Absent while a component that it needs is wrong. */
  readonly plan?: () => P;
}

/** What identifies a component in the program. */
export interface Component {
  /** The last part of its type: `VlanTrunk`. */
  readonly kind: string;
  readonly name: string;
  readonly parent: pulumi.Resource | undefined;
}

/**
 * Validates a component's arguments and makes its plan: from plain values in the constructor, from outputs once they have resolved.
 *
 * A problem throws no exception, so that the program continues and all problems of all components are found. Instead the component gets
 * the input `refused`. The engine sees a change and runs the component's hook, which fails. The children's inputs depend on `plan`, which
 * stays pending, so no child is registered with a wrong value. Under mocks, which run no hooks, the first wrong component throws.
 */
export class ArgumentCheck<P> implements GateMember {
  readonly subject: string;
  readonly settled: Promise<void>;
  secrets: readonly string[] = [];
  mayBeAway = false;
  /** The plan. Stays pending if the arguments are wrong. */
  readonly plan: pulumi.Output<P>;
  /** Resolves once all arguments are known, whether right or wrong. Plain ones are read once, in the constructor. */
  readonly isRead: pulumi.Output<true>;
  /** The plan as soon as it can be made. */
  known: P | undefined;
  private reading: Reading<P>;
  private readonly program = Program.current();

  /**
   * @param args - must hold every value that `read` reads. `read` gets them with the marker in place of each value that is not known.
   * @param ask - asks the host whether the plan can be made there.
   * @param takeBack - takes back what asking has kept on the host.
   */
  constructor(
    readonly component: Component,
    args: pulumi.Inputs,
    private readonly read: (values: unknown) => Reading<P>,
    private readonly ask?: () => Promise<ProbeResult<unknown> | undefined>,
    readonly takeBack?: () => Promise<void>,
  ) {
    const { kind, name } = component;
    this.subject = `${kind} ${printable(name)}`;
    const now = knownNow(args);
    this.reading = this.take(now);
    this.settled = isFullyKnown(now) ? Promise.resolve() : this.settle(args);
    this.plan = pulumi
      .output(args)
      .apply(() => this.settled.then(() => this.known ?? new Promise<never>(() => undefined)));
    this.isRead = pulumi.output(args).apply(() => this.settled.then((): true => true));
    this.program.gate.add(this);
  }

  problems(): readonly Problem[] {
    return this.reading.problems;
  }

  /** True if a problem was found; values that become known later cannot remove it. */
  get isWrong(): boolean {
    return this.reading.problems.length > 0;
  }

  probe(): Promise<ProbeResult<unknown> | undefined> {
    return this.isWrong || this.ask === undefined ? Promise.resolve(undefined) : this.ask();
  }

  /**
   * Hooks for the options of the component and of each child that touches a host.
   * @param ofChild - what one child needs beyond the check.
   */
  hooks(more: readonly GateMember[] = [], ofChild?: HookOfChild): pulumi.ResourceHookBinding {
    const { kind, name, parent } = this.component;
    return this.program.hooks(hookName(kind, name, parent), [this, ...more], ofChild);
  }

  /**
   * The component's inputs: those that the engine shows, plus `refused` if there is a problem, so that they differ from the state.
   * @param more - resolves to whether another check of the component has found one.
   */
  inputs(shown: pulumi.Inputs, more?: Promise<boolean>): pulumi.Inputs {
    const isOtherWrong = Promise.all([this.settled, more]).then(([, isWrong]) => isWrong);
    return { ...shown, refused: isOtherWrong.then((isOther) => (this.isWrong || isOther === true ? true : undefined)) };
  }

  private async settle(args: pulumi.Inputs): Promise<void> {
    const { values, secrets } = await whenResolved(args);
    this.secrets = secrets;
    this.reading = this.take(values);
  }

  private take(values: unknown): Reading<P> {
    const reading = this.read(values);
    // Only mocks have no hooks. There, an exception hides no problems of other components from a user.
    if (!engineHasHooks()) refuse(this.component.kind, this.component.name, reading.problems);
    this.known = reading.problems.length === 0 && isFullyKnown(values) ? reading.plan?.() : undefined;
    return reading;
  }
}
