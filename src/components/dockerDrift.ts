import { isDeepStrictEqual } from 'node:util';
import * as pulumi from '@pulumi/pulumi';
import type { RepairStep } from '../host/containerDrift';
import type { DockerReport } from '../host/dockerReport';
import type { Drift } from '../host/drift';
import type { ArgumentCheck } from './argumentCheck';
import type { HostDrift } from './hostDrift';
import { isFullyKnown, whenResolved } from './knownNow';
import { engineHasHooks, type HookOfChild } from './program';

/** A Docker network or container of a component beside what its host has. */
export interface DockerComparison {
  /** `network macvlan50`, `container c50`. */
  readonly subject: string;
  readonly kind: 'network' | 'container';
  /** The revision that it has on the host. */
  readonly revision: string | undefined;
  readonly drift: readonly Drift[];
  /** True if it has to be made anew. */
  readonly isLost: boolean;
  /** How it is mended as it is. */
  readonly repair: readonly RepairStep[];
}

/** A comparison with a host, or why there is none. Without one all that depends on it stays as the state has it. */
type Standing =
  | (DockerComparison & { readonly how: 'seen' })
  /** `silent`: no answer, or not a complete one, or a value is not known yet. `unasked`: by `preflight: false`. */
  | { readonly how: 'silent' | 'unasked' | 'mocked' };

/**
 * How the Docker network or container of one component stands to its host, and what follows from it. Where it is lost, a new revision goes into its
 * labels, which replaces it, together with what is on it. Where it can be mended as it is, only the component gets a new input, and its hook
 * mends. Where nothing has drifted, all stays as it is on the host and in the state.
 */
export class DockerDrift {
  /** The inputs of the component that keep the values of the state. */
  readonly kept: string[] = [];
  readonly hook: HookOfChild = { role: 'component', run: (args) => this.tell(args) };
  private readonly standing: Promise<Standing>;

  /**
   * @param compare - compares what is declared with what the host has; `undefined` while a value of the declaration is not known.
   * @param declaration - the inputs of the component that decide what Docker is asked for; absent: all of them.
   */
  constructor(
    private readonly host: HostDrift,
    private readonly check: ArgumentCheck<unknown>,
    private readonly compare: (report: DockerReport) => DockerComparison | undefined,
    private readonly declaration?: readonly string[],
  ) {
    this.standing = this.look();
  }

  /** Inputs of the component. Its hook warns of what differs from the state. */
  get inputs(): pulumi.Inputs {
    const repair = this.standing.then((standing) => {
      if (standing.how === 'mocked') return undefined;
      if (standing.how !== 'seen' || standing.repair.length === 0) this.kept.push('repair');
      return this.host.word;
    });
    return { revision: this.revision(() => this.kept.push('revision')), repair };
  }

  /**
   * The revision for the labels.
   * @param keep - called where the labels have to stay as the state has them, with whether they would never change then.
   */
  revision(keep: (isForEver: boolean) => void): Promise<string | undefined> {
    return this.standing.then((standing) => {
      if (standing.how === 'mocked') return undefined;
      if (standing.how !== 'seen') {
        keep(standing.how === 'unasked');
        return undefined;
      }
      return standing.isLost ? this.host.word : standing.revision;
    });
  }

  /** Call it with the component. */
  toldWith({ urn }: pulumi.Resource): void {
    this.host.tells(urn);
  }

  private async look(): Promise<Standing> {
    if (!engineHasHooks()) return { how: 'mocked' };
    if (!this.host.isAsked) return { how: 'unasked' };
    await this.check.settled;
    const report = await this.host.report();
    const comparison = report && this.compare(report);
    return comparison === undefined ? { how: 'silent' } : { how: 'seen', ...comparison };
  }

  /** Tells what has drifted, and mends what can be. Not where the program declares something else than the state: then that is no drift. */
  private async tell({ oldInputs, newInputs }: pulumi.ResourceHookArgs): Promise<void> {
    const standing = await this.standing;
    if (oldInputs === undefined || standing.how !== 'seen' || (await this.host.hasMoved())) return;
    const [before, now] = await Promise.all(
      [oldInputs, newInputs].map(async (inputs) => (await whenResolved(inputs)).values),
    );
    const isSame = (among?: readonly string[]) =>
      isDeepStrictEqual(argumentsOf(before, among), argumentsOf(now, among));
    if (!isFullyKnown(now) || !isSame(this.declaration)) return;
    const { subject, kind } = standing;
    const [was, is] = [before, now].map((inputs) => (inputs as { revision?: string }).revision);
    // A run in which Docker did not answer leaves none in the state.
    const isOther = was !== undefined && was !== is;
    const other = isOther ? [{ subject, kind, expected: kind, found: 'another one' }] : [];
    const drift = standing.drift.length > 0 ? standing.drift : other;
    if (drift.length === 0) return;
    await this.host.tell(this.check, drift);
    // Another one is replaced.
    if (pulumi.runtime.isDryRun() || isOther || standing.repair.length === 0) return;
    const name = subject.replace(/^\S+ /, '');
    const trouble = await this.host.mend(name, standing.repair);
    // A changed argument may be the very remedy, as another command or port of a container that could not start: most replace it.
    if (trouble !== undefined && isSame()) throw new Error(`container ${name} could not be mended: ${trouble}`);
  }
}

/** Arguments among the inputs of a component, without what is undefined. */
function argumentsOf(inputs: unknown, among?: readonly string[]): unknown {
  const entries = Object.entries(inputs as Record<string, unknown>).filter(
    ([key]) => !ownInputs.includes(key) && (among?.includes(key) ?? true),
  );
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)));
}

/** Inputs of the component that are no arguments. */
const ownInputs = ['revision', 'repair', 'refused'];
