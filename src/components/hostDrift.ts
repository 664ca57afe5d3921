import * as pulumi from '@pulumi/pulumi';
import type { RepairStep } from '../host/containerDrift';
import type { DockerReport } from '../host/dockerReport';
import { type Drift, driftSentence, type LinkHistory } from '../host/drift';
import type { LinksAnswer } from '../host/probe';
import type { ProbeResult } from '../host/probeResult';
import type { SshTarget } from '../host/sshOption';
import type { ArgumentCheck } from './argumentCheck';
import { warnOfDrift } from './driftWarning';
import type { GateMember } from './gate';
import { whenResolved } from './knownNow';
import { Mender } from './mender';
import { engineHasHooks, type HookOfChild, Program } from './program';
import { newWord, type Revision, revisionOf, unknownRevision } from './revision';

/** One thing that a host has otherwise than the last `up` left it. */
export interface DriftEntry {
  /** Name of the `Host`. */
  host: string;
  /** What of the subject: `link`, `MTU`, `network`, `container`, `attachment`, … */
  kind: string;
  /** Name of a link, `network NAME`, `container NAME`, or a component. */
  subject: string;
  expected: string;
  found: string;
  /** The same in words. */
  reason: string;
}

/** The host, as far as its drift is concerned. */
export interface DriftingHost {
  readonly name: string;
  readonly urn: pulumi.Output<string>;
  readonly owner: pulumi.Output<string>;
  readonly check: ArgumentCheck<{ target: SshTarget }>;
  /** False with `preflight: false`. */
  readonly isAsked: boolean;
  /** True if the last `up` was on a host of another address; valid once `urn` has resolved. */
  readonly hasMoved: () => boolean;
  readonly probe: () => Promise<ProbeResult<DockerReport> | undefined>;
  readonly probeLinks: (spec: string | undefined) => Promise<ProbeResult<LinksAnswer> | undefined>;
}

/** What has drifted on one host: asks once, tells it in words and as data, and has containers mended. */
export class HostDrift {
  /** Names what this run makes anew. */
  readonly word = newWord(new Date());
  private readonly found: Drift[] = [];
  /** Each ends when one component has told its drift. */
  private readonly telling: Promise<unknown>[] = [];
  private readonly mender: Mender;

  constructor(private readonly host: DriftingHost) {
    this.mender = new Mender(() => host.check.known?.target);
  }

  get isAsked(): boolean {
    return this.host.isAsked;
  }

  /** True if all that is on the host now belongs to another one than the state. */
  async hasMoved(): Promise<boolean> {
    await whenResolved(this.host.urn);
    return this.host.hasMoved();
  }

  /** What Docker has on the host; `undefined` where that is not known to its end. */
  async report(): Promise<DockerReport | undefined> {
    // With what all other components ask, so that all of it goes in one session.
    await Program.current().gate.patience();
    const answer = await this.answer();
    if (answer?.kind !== 'seen') return undefined;
    const report = answer.value;
    if (!('trouble' in report) && report.isComplete) return report;
    const reason = 'trouble' in report ? report.trouble : 'Docker did not list all that it has';
    await Program.current().gate.warnOfSilence(this.host.check, reason, 'none of its networks and containers');
    return undefined;
  }

  /** The revision of the links of a component, after a warning of what has drifted. */
  links(check: ArgumentCheck<unknown>, spec: () => string | undefined): pulumi.Output<Revision> {
    // Under mocks no host is asked.
    if (!engineHasHooks()) return pulumi.output(unknownRevision);
    const revision = pulumi.unsecret(check.plan).apply(async () => {
      await Program.current().gate.patience();
      const asked = this.host.probeLinks(spec());
      await this.answer();
      const result = await asked;
      if (result?.kind === 'seen') await this.tell(check, result.value.drift, result.value);
      return revisionOf(result, new Date());
    });
    this.tells(revision);
    return revision;
  }

  private async answer(): Promise<ProbeResult<DockerReport> | undefined> {
    const answer = await this.host.probe();
    if (answer?.kind === 'unreachable') await Program.current().gate.warnOfSilence(this.host.check, answer.reason);
    return answer;
  }

  /** Tells that a host which has links of a component, as the state has it, knows nothing of them. */
  async tellRecords(check: ArgumentCheck<unknown>, result: ProbeResult<LinksAnswer> | undefined): Promise<void> {
    if (result?.kind !== 'seen' || result.value.revision !== undefined || (await this.hasMoved())) return;
    // Of a change that was taken back, or will be, the host keeps no revision.
    if (result.value.reverted !== undefined || result.value.isArmed) return;
    const { subject } = check;
    await this.tell(check, [{ subject, kind: 'records', expected: 'records', found: 'missing' }]);
  }

  /** @param told - resolves once a component has told what it has to. */
  tells(told: pulumi.Output<unknown>): void {
    this.telling.push(whenResolved(told).catch(() => undefined));
  }

  /** Tells what has drifted. */
  async tell(member: GateMember, drift: readonly Drift[], of?: Pick<LinkHistory, 'healed' | 'manager'>): Promise<void> {
    this.found.push(...drift);
    await warnOfDrift(Program.current().gate, member, { drift, healed: of?.healed, manager: of?.manager });
  }

  /** Mends a container, together with others of the host. Resolves to why that failed, or to `undefined`. */
  async mend(name: string, steps: readonly RepairStep[]): Promise<string | undefined> {
    const { values: owner } = await whenResolved(this.host.owner);
    return this.mender.mend({ name, owner: String(owner), steps });
  }

  /** All that has drifted, once each component has told it. */
  async entries(): Promise<DriftEntry[]> {
    // Until then the program has declared the rest.
    await whenResolved(this.host.owner);
    for (let told = -1; told < this.telling.length;) {
      told = this.telling.length;
      await Promise.all(this.telling);
    }
    const entries = this.found.map((one) => ({ host: this.host.name, ...one, reason: driftSentence(one) }));
    return entries.sort((one, other) => (one.reason < other.reason ? -1 : 1));
  }
}

/**
 * For the component of a host: notices that it gets another address.
 * @param moved - called where it does.
 */
export function addressHook(moved: () => void): HookOfChild {
  return {
    role: 'component',
    run: async ({ oldInputs, newInputs }) => {
      const [before, now] = await Promise.all([oldInputs?.address, newInputs?.address].map((one) => whenResolved(one)));
      if (oldInputs !== undefined && before?.values !== now?.values) moved();
    },
  };
}
