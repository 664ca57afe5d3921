import * as pulumi from '@pulumi/pulumi';
import type { ProbeResult } from '../host/probeResult';
import type { Problem } from '../plan/argument/problem';
import type { GateMember } from './gate';
import { isFullyKnown, knownNow, whenResolved } from './knownNow';
import { engineHasHooks, Program } from './program';
import { refuse } from './refusal';

/** What a component's arguments come to. */
export interface Reading<P> {
  readonly problems: Problem[];
  /** Makes the plan; called only where nothing is wrong and everything is known. Absent while another component is not right. */
  readonly plan?: () => P;
}

/** Where a component stands in the program. */
export interface Component {
  /** The last part of its type: `VlanTrunk`. */
  readonly kind: string;
  readonly name: string;
  readonly parent: pulumi.Resource | undefined;
}

/**
 * Validates a component's arguments and makes its plan of them: plain values in the constructor, outputs once they have resolved. A
 * problem is no exception, so that the program goes on and all problems of all components are found: `refused` becomes an input of the
 * component, so that the engine sees a change and runs the component's hook, which fails. Children wait for their component, so none is ever registered with
 * something else in place of a wrong value.
 *
 * Under mocks, which run no hooks, the first wrong component throws.
 */
export class ArgumentCheck<P> implements GateMember {
  readonly subject: string;
  readonly settled: Promise<void>;
  secrets: readonly string[] = [];
  /** What to make of the arguments. Stays pending where they are wrong. */
  readonly plan: pulumi.Output<P>;
  /** Known as soon as all arguments are; wrong ones, too. */
  readonly isRead: pulumi.Output<true>;
  /** The plan as soon as it can be made. */
  known: P | undefined;
  private reading: Reading<P>;
  private readonly program = Program.current();

  /**
   * @param args - must hold every value that `read` reads; what it gets has the marker for each value that is not known.
   * @param ask - asks the host whether the plan can be made there.
   */
  constructor(
    readonly component: Component,
    args: pulumi.Inputs,
    private readonly read: (values: unknown) => Reading<P>,
    private readonly ask?: () => Promise<ProbeResult<unknown> | undefined>,
  ) {
    const { kind, name } = component;
    this.subject = `${kind} ${name}`;
    this.reading = this.take(knownNow(args));
    this.settled = this.settle(args);
    this.plan = pulumi
      .output(args)
      .apply(() => this.settled.then(() => this.known ?? new Promise<never>(() => undefined)));
    this.isRead = pulumi.output(args).apply(() => this.settled.then((): true => true));
    this.program.gate.add(this);
  }

  problems(): readonly Problem[] {
    return this.reading.problems;
  }

  /** True where something is wrong that no later value can mend. */
  get isWrong(): boolean {
    return this.reading.problems.length > 0;
  }

  probe(): Promise<ProbeResult<unknown> | undefined> {
    return this.isWrong || this.ask === undefined ? Promise.resolve(undefined) : this.ask();
  }

  /** For the options of the component and of each child that touches a host. */
  hooks(...more: readonly GateMember[]): pulumi.ResourceHookBinding {
    const { kind, name, parent } = this.component;
    return this.program.hooks(kind, name, parent, [this, ...more]);
  }

  /** The component's inputs: those that the engine shows, and one that differs from the state where something is wrong. */
  inputs(shown: pulumi.Inputs): pulumi.Inputs {
    return { ...shown, refused: this.settled.then(() => (this.isWrong ? true : undefined)) };
  }

  private async settle(args: pulumi.Inputs): Promise<void> {
    const { values, secrets } = await whenResolved(args);
    this.secrets = secrets;
    this.reading = this.take(values);
  }

  private take(values: unknown): Reading<P> {
    const reading = this.read(values);
    // Without hooks (mocks) there is no engine either that could be misled by an exception.
    if (!engineHasHooks()) refuse(this.component.kind, this.component.name, reading.problems);
    this.known = reading.problems.length === 0 && isFullyKnown(values) ? reading.plan?.() : undefined;
    return reading;
  }
}
