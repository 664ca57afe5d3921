import { setTimeout as pause } from 'node:timers/promises';
import type { DockerReport } from '../host/dockerReport';
import { askHost, beginAsking, type HostAnswer, type LinksAnswer } from '../host/probe';
import type { HostQuestion } from '../host/hostSession';
import type { ProbeResult } from '../host/probeResult';
import type { SshSession } from '../host/ssh';
import type { SshTarget } from '../host/sshOption';

/** For how long a session that was begun early is used. What is on the other end may become another machine while the program runs. */
const freshMilliseconds = 10_000;

/** What is asked together. */
interface Batch {
  report: boolean;
  readonly specs: string[];
  readonly answer: Promise<ProbeResult<HostAnswer>>;
}

/**
 * Asks one host, each question once. All questions of one check of the program go in one ssh session: the gate asks for all of its members
 * before any of them waits.
 */
export class HostProbe {
  private readonly byLinks = new Map<string, Promise<ProbeResult<LinksAnswer>>>();
  private readonly staged = new Set<string>();
  private reported: Promise<ProbeResult<DockerReport>> | undefined;
  private batch: Batch | undefined;
  private begun: { readonly session: SshSession; readonly at: number } | undefined;

  /** @param isDryRun - at preview nothing is written to the host. */
  constructor(
    readonly target: SshTarget,
    private readonly sudo: boolean,
    private readonly isDryRun: boolean,
  ) {}

  /** Has ssh connect while the program still declares what the host is to be asked. */
  begin(): void {
    this.begun ??= { session: beginAsking(this.target), at: Date.now() };
  }

  /** What the host reports of Docker and its links. */
  report(): Promise<ProbeResult<DockerReport>> {
    if (this.reported === undefined) {
      const batch = this.nextBatch();
      batch.report = true;
      this.reported = batch.answer.then((answer) => {
        if (answer.kind !== 'seen') return answer;
        return answer.value.report === undefined
          ? { kind: 'refused', reason: 'no report' }
          : { kind: 'seen', value: answer.value.report };
      });
    }
    return this.reported;
  }

  /** Whether the host contradicts a spec of links. */
  links(spec: string): Promise<ProbeResult<LinksAnswer>> {
    let result = this.byLinks.get(spec);
    if (result === undefined) {
      const batch = this.nextBatch();
      const index = batch.specs.push(spec) - 1;
      result = batch.answer.then((answer) => linksOf(answer, index));
      this.byLinks.set(spec, result);
    }
    return result;
  }

  /**
   * Makes sure that the host has the script for the apply of this spec, and so that it can be reached. Throws where not.
   * @param wasRemoved - what the last apply had kept there may have been removed since the check.
   */
  async stage(spec: string, wasRemoved: boolean): Promise<void> {
    if (this.isDryRun || this.staged.has(spec)) return;
    const checked = await this.byLinks.get(spec);
    if (checked?.kind === 'seen' && (checked.value.staged || (checked.value.kept && !wasRemoved))) return;
    await this.stageAnew(spec);
  }

  /** Puts the script there whatever is known of it. Throws where it cannot. */
  async stageAnew(spec: string): Promise<void> {
    const result = linksOf(await askHost(this.target, this.question({ specs: [spec] }, 'stage')), 0);
    if (result.kind !== 'seen') throw new Error(result.reason);
    this.staged.add(spec);
  }

  /**
   * Confirms a change, over a new connection: the host keeps it. Asks for as long as the host waits for that, and longer, until the host says that
   * it has taken the change back.
   */
  async confirm(spec: string, change: string, timeout: number): Promise<ProbeResult<LinksAnswer>> {
    return this.insist(this.question({ specs: [spec] }, { armed: 'confirm', change }), timeout, () => false);
  }

  /** The same, but the host goes on waiting for the confirmation, and its time begins anew. */
  async hold(spec: string, change: string, timeout: number): Promise<ProbeResult<LinksAnswer>> {
    return this.insist(this.question({ specs: [spec] }, { armed: 'hold', change }), timeout, () => false);
  }

  /** Has the host take a change back at once, and asks what it has come to. */
  async undo(spec: string, change: string, timeout: number): Promise<ProbeResult<LinksAnswer>> {
    await askHost(this.target, this.question({ specs: [spec] }, { armed: 'undo', change }), true);
    // Where it was not reached, it takes the change back when the time is over.
    return this.afterChange(spec, timeout);
  }

  /** What the host says once no change of that owner is armed any more, for a run whose connection broke in the middle of one. */
  async afterChange(spec: string, timeout: number): Promise<ProbeResult<LinksAnswer>> {
    return this.insist(this.question({ specs: [spec] }, 'check'), timeout, ({ isArmed }) => isArmed);
  }

  /** Asks over new connections until the host answers with something that is not to be waited for, for longer than a change waits there. */
  private async insist(
    question: HostQuestion,
    timeout: number,
    isEarly: (answer: LinksAnswer) => boolean,
  ): Promise<ProbeResult<LinksAnswer>> {
    const end = Date.now() + (timeout + 60) * 1000;
    let silent: string | undefined;
    for (;;) {
      const result = linksOf(await askHost(this.target, question, true), 0);
      if (result.kind === 'refused') return { ...result, reason: [silent, result.reason].filter(Boolean).join('\n  ') };
      if (result.kind === 'seen' && !isEarly(result.value)) return result;
      if (result.kind === 'unreachable') silent ??= result.reason;
      if (Date.now() > end) return result.kind === 'seen' ? result : { ...result, reason: silent ?? result.reason };
      await pause(2000);
    }
  }

  /** Takes back what the check has kept on the host, where the program is refused. */
  async takeBack(): Promise<void> {
    const asked = [...this.byLinks].map(async ([spec, result]) => ({ spec, result: await result }));
    const specs = (await Promise.all(asked)).flatMap(({ spec, result }) =>
      result.kind === 'seen' && result.value.staged ? [spec] : [],
    );
    if (specs.length > 0) await askHost(this.target, this.question({ specs }, 'unstage'));
  }

  private nextBatch(): Batch {
    if (this.batch !== undefined) return this.batch;
    const specs: string[] = [];
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.batch = undefined;
      return askHost(
        this.target,
        this.question(batch, this.isDryRun ? 'check' : 'check+stage'),
        false,
        this.takeBegun(),
      );
    });
    const batch: Batch = { report: false, specs, answer };
    return (this.batch = batch);
  }

  /** Once. One that has ended meanwhile may have found a host away that has come since. */
  private takeBegun(): SshSession | undefined {
    const { begun } = this;
    this.begun = undefined;
    if (begun?.session.isOpen === true && Date.now() - begun.at < freshMilliseconds) return begun.session;
    begun?.session.close();
    return undefined;
  }

  private question(
    { report = false, specs }: { report?: boolean; specs: readonly string[] },
    links: HostQuestion['links'],
  ): HostQuestion {
    return { report, specs, sudo: this.sudo, links };
  }
}

function linksOf(answer: ProbeResult<HostAnswer>, index: number): ProbeResult<LinksAnswer> {
  if (answer.kind !== 'seen') return answer;
  return answer.value.links[index] ?? { kind: 'refused', reason: 'the host gave no answer' };
}
