import * as pulumi from '@pulumi/pulumi';
import { listProblems, type Problem } from '../plan/argument/problem';
import { knownNow } from './knownNow';
import { engineHasHooks, type Gate, Preflight } from './preflight';
import { refuse } from './refusal';

/**
 * The check of a component's arguments: what is plain at once, by a throw; the rest as soon as it is known, by a hook of
 * the component, before any of its children.
 *
 * An `apply` must never throw here: in a program of the Automation API the SDK (3.270) then still tells the engine that the program is
 * complete, and the engine deletes every resource that was not declared by then. A failing hook changes nothing.
 */
export class ArgumentCheck<T> {
  /** For the hooks of the component: makes it the gate of its children. */
  readonly gate: Gate;
  private problems: Problem[] = [];
  private readonly values: pulumi.Output<T | undefined>;

  /** @param args - must hold every value that `check` reads; what resolves of it has the type `T`. */
  constructor(
    component: string,
    name: string,
    args: pulumi.Inputs,
    private readonly check: (values: T) => Problem[],
  ) {
    refuse(component, name, check(knownNow(args) as T));
    this.gate = new Preflight(`arguments of ${component} ${name}`, () => Promise.resolve(this.judgement()));
    this.values = pulumi.output(args).apply((values) => this.keepIfRight(values as T, component, name));
  }

  /** What is made of the right values. `standIn` is for wrong ones: it is shown in a preview that fails, and never used. */
  plan<P>(make: (values: T) => P, standIn: P): pulumi.Output<P> {
    return this.values.apply((values) => {
      if (values === undefined) return standIn;
      try {
        return make(values);
      } catch (error) {
        this.problems.push({ path: '', message: error instanceof Error ? error.message : String(error) });
        return standIn;
      }
    });
  }

  private keepIfRight(values: T, component: string, name: string): T | undefined {
    this.problems = this.check(values);
    // Without hooks (mocks) there is no engine either that could delete anything.
    if (!engineHasHooks()) refuse(component, name, this.problems);
    return this.problems.length === 0 ? values : undefined;
  }

  private judgement() {
    if (this.problems.length === 0) return undefined;
    return { kind: 'refused' as const, reason: listProblems(this.problems) };
  }
}
