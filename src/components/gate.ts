import { setTimeout as pause } from 'node:timers/promises';
import type { ProbeResult } from '../host/probeResult';
import { printableLines } from '../plan/argument/printable';
import type { Problem } from '../plan/argument/problem';
import { withoutSecrets } from './secretText';

/** What one component, or the layout of all of them, contributes to the check of the program. */
export interface GateMember {
  /** Precedes each of its problems: `VlanTrunk trunk`. Empty if the paths name the component already. */
  readonly subject: string;
  /** Resolves once its arguments have resolved; never rejects. */
  readonly settled: Promise<unknown>;
  /** True if its host need not answer for what is there already. */
  readonly mayBeAway?: boolean;
  /** Texts that no message may show. */
  readonly secrets: readonly string[];
  problems(): readonly Problem[];
  warnings?(): readonly Problem[];
  /** Probes the host, once for each set of arguments; `undefined` if that is not possible yet. */
  probe?(): Promise<ProbeResult<unknown> | undefined>;
  /** Takes back what the probe has kept on the host, where the program is refused. */
  takeBack?(): Promise<void>;
}

/** What the gate needs from the program that it belongs to. */
export interface GateKeeper {
  isDryRun(): boolean;
  warn(text: string): Promise<void>;
}

/** The outcome of one check of the program. */
interface Findings {
  readonly version: number;
  readonly problems: string[];
  readonly warnings: string[];
  /** The reason, for each member whose host did not answer. */
  readonly unreachable: ReadonlyMap<GateMember, string>;
}

/** How long the gate waits for values. Bounded, because a value may depend on the very resource that waits at the gate. */
const patienceMilliseconds = 1000;

/** How long a resource that is refused for problems of another one waits, so that the engine has printed these before. */
const referenceMilliseconds = 100;

/** The resource that asks to be made or changed. */
export interface AskingResource {
  /** How it is called where it lists the problems: `VlanTrunk trunk`. */
  readonly label: string;
  /** True if the state has it already. */
  readonly isUpdate: boolean;
}

/**
 * Checks the complete program before any resource that touches a host is made or changed, at preview too: the arguments, conflicts
 * between components, and what the hosts report. Fails with all problems at once, each reported once.
 */
export class Gate {
  private readonly members: GateMember[] = [];
  private readonly late = new Set<GateMember>();
  private readonly settled = new Set<GateMember>();
  private version = 0;
  private checking: Promise<Findings> | undefined;
  private latest: Findings | undefined;
  private takenBack: Promise<unknown> | undefined;
  private readonly warned = new Set<string>();
  /** Each problem that was reported, and the resource that lists it. */
  private readonly listed = new Map<string, string>();

  constructor(private readonly keeper: GateKeeper) {}

  add(member: GateMember): void {
    this.members.push(member);
    this.changed();
    void member.settled.then(() => {
      this.settled.add(member);
      this.changed();
    });
  }

  /** Call it when a component was added, or more values are known: the next check then starts anew. */
  changed(): void {
    this.version++;
  }

  /**
   * Resolves if a resource of these members may be made or changed. Throws an `Error` with all problems of the program. If a host of
   * these members does not answer, it throws at `up` and warns at preview, because the host may be switched on by then.
   * A problem is reported once: what is refused for the same names the resource that lists it.
   */
  async pass(members: readonly GateMember[], { label, isUpdate }: AskingResource): Promise<void> {
    const { problems, warnings, unreachable } = await this.findings();
    for (const text of warnings) await this.warnOnce(text);
    if (problems.length > 0) {
      this.takenBack ??= Promise.all(this.members.map(async (member) => member.takeBack?.()));
      await this.takenBack;
      await this.refuse(problems, label);
    }
    const isWarning = ({ mayBeAway }: GateMember) => this.keeper.isDryRun() || (mayBeAway && isUpdate);
    for (const [member, text] of unreachable) if (isWarning(member)) await this.warnOnce(unchecked(member, text));
    const silent = members.filter((member) => !isWarning(member)).flatMap((member) => unreachable.get(member) ?? []);
    if (silent.length > 0) await this.refuse([...new Set(silent)], label);
  }

  /**
   * Warns of a host that does not answer, where nothing on it changes, so that no hook runs.
   * @param what - was not checked.
   */
  async warnOfSilence(member: GateMember, reason: string, what?: string): Promise<void> {
    await this.warnOnce(unchecked(member, this.text(member, reason), what));
  }

  /** Warns of what a member's host has answered. */
  async warn(member: GateMember, text: string): Promise<void> {
    await this.keeper.warn(this.text(member, text));
  }

  private async refuse(problems: readonly string[], label: string): Promise<never> {
    const first = problems.filter((text) => !this.listed.has(text));
    const elsewhere = new Set(problems.flatMap((text) => this.listed.get(text) ?? []));
    for (const text of first) this.listed.set(text, label);
    if (first.length === 0) {
      await pause(referenceMilliseconds);
      throw new Error(`refused, see ${[...elsewhere].join(' and ')}`);
    }
    const count = first.length === 1 ? '1 problem' : `${first.length} problems`;
    throw new Error([`${count}:`, ...first.map((text) => `  ${text.replaceAll(/\n\s*/g, '\n    ')}`)].join('\n'));
  }

  private async warnOnce(text: string): Promise<void> {
    if (this.warned.has(text)) return;
    this.warned.add(text);
    await this.keeper.warn(text);
  }

  /** The findings for the values known now. One check runs at a time, however many resources wait for it. */
  private async findings(): Promise<Findings> {
    while (this.latest?.version !== this.version) {
      this.checking ??= this.check().finally(() => (this.checking = undefined));
      this.latest = await this.checking;
    }
    return this.latest;
  }

  private async check(): Promise<Findings> {
    await this.patience();
    let version: number;
    let answers: { member: GateMember; result: ProbeResult<unknown> | undefined }[];
    do {
      version = this.version;
      answers = await Promise.all(this.members.map(async (member) => ({ member, result: await member.probe?.() })));
    } while (version !== this.version);
    // No `await` between the loop and this, or values could become known that the version does not cover.
    return this.evaluate(version, answers);
  }

  /** Waits for outputs that do not depend on our resources. A value that does not resolve in time is checked later. */
  async patience(): Promise<void> {
    const waiting = this.members.filter((member) => !this.settled.has(member) && !this.late.has(member));
    if (waiting.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMilliseconds)));
    await Promise.race([Promise.all(waiting.map(({ settled }) => settled)), bound]);
    clearTimeout(timer);
    for (const member of waiting) if (!this.settled.has(member)) this.late.add(member);
  }

  private evaluate(
    version: number,
    answers: readonly { member: GateMember; result: ProbeResult<unknown> | undefined }[],
  ): Findings {
    const lines = (member: GateMember, found: readonly Problem[]) =>
      found.map(({ path, message }) => this.text(member, path, message));
    const problems = this.members.flatMap((member) => lines(member, member.problems()));
    const warnings = this.members.flatMap((member) => lines(member, member.warnings?.() ?? []));
    const unreachable = new Map<GateMember, string>();
    for (const { member, result } of answers) {
      if (result === undefined) continue;
      const text = (reason: string) => this.text(member, reason);
      if (result.kind === 'refused') problems.push(text(result.reason));
      else if (result.kind === 'unreachable') unreachable.set(member, text(result.reason));
      else warnings.push(...(result.warnings ?? []).map(text));
    }
    return { version, problems: [...new Set(problems)], warnings: [...new Set(warnings)], unreachable };
  }

  private text({ subject }: GateMember, ...parts: string[]): string {
    return this.safe([subject, ...parts].filter((part) => part !== '').join(': '));
  }

  /** What may be printed of a message: without secrets, and whatever a host has put into it is text only. */
  safe(message: string): string {
    const secrets = this.members.flatMap((member) => member.secrets);
    return printableLines(withoutSecrets(message, secrets));
  }
}

const unchecked = ({ mayBeAway }: GateMember, text: string, what = 'nothing there') =>
  `${text}; ${what} could be checked${mayBeAway ? ', and it stays as the last up left it' : ''}`;
