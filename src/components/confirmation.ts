import * as pulumi from '@pulumi/pulumi';
import type { HostProbe } from './hostProbe';
import { Program } from './program';
import type { HostProgress } from './progress';
import type { ArmedChange, JointTrunk } from './together';

/**
 * Confirms changes of the links of one host over a new connection. The host takes each one back that could cut it off and is not confirmed in
 * time (arm.sh).
 */
export class Confirmation {
  private readonly progress: HostProgress;

  /**
   * @param timeout - for how many seconds the host waits.
   * @param session - asks the host; `undefined` while it is not known how to reach it.
   */
  constructor(
    private readonly host: string,
    private readonly timeout: number,
    private readonly session: () => HostProbe | undefined,
  ) {
    this.progress = Program.current().progress.add(host);
  }

  begin(): void {
    if (!pulumi.runtime.isDryRun()) this.progress.begin();
  }

  /**
   * Throws if the host cannot be reached any more, or has undone the change already.
   * @param stdout - of the command that made the change.
   * @param together - where the change is confirmed with those of other hosts: then this returns before it is, and throws after all went back.
   */
  async confirm(subject: string, spec: string, stdout: unknown, together?: JointTrunk): Promise<void> {
    const change = await armedChange(stdout);
    if (change === undefined) {
      this.progress.end();
      together?.leave();
      return;
    }
    const armed = this.armed(subject, spec, change);
    try {
      await (together === undefined ? armed.confirm() : together.arrive(armed));
    } catch (error) {
      throw new Error(this.withProgress((error as Error).message));
    }
  }

  /** Where the command has failed: reports what the host has done since the connection broke in the middle of a change, which its error cannot. */
  async explain(subject: string, spec: string, errors: readonly string[], together?: JointTrunk): Promise<void> {
    this.progress.fail();
    const reason = errors.some(isBrokenConnection) ? await this.afterBreak(spec) : undefined;
    const what = `the connection to ${this.host} broke in the middle of the change, and the host takes back what is not confirmed`;
    if (reason !== undefined) this.progress.takeBack();
    const text = reason === undefined ? `${subject}: the change has failed` : `${subject}: ${what}: ${reason}`;
    await together?.fail();
    if (reason !== undefined || together !== undefined) await pulumi.log.error(this.withProgress(text));
  }

  /** Where the command was refused before it was begun: the others go back, and this reports it if there was any. */
  async stop(subject: string, together: JointTrunk): Promise<void> {
    if (await together.fail()) await pulumi.log.error(this.withProgress(`${subject}: not begun`));
  }

  /** For what stands on a trunk that is confirmed with those of other hosts. Throws where it was not. */
  async require(subject: string, together: JointTrunk): Promise<void> {
    if ((await together.outcome) === 'failed')
      throw new Error(this.withProgress(`${subject}: ${together.refusal().message}`));
  }

  private armed(subject: string, spec: string, change: string): ArmedChange {
    const ask = async (how: 'hold' | 'confirm') => {
      const result = await this.session()?.[how](spec, change, this.timeout);
      if (result === undefined || result.kind === 'seen') return;
      this.progress.takeBack();
      const why = `the change could not be confirmed over a new connection, and the host takes it back after ${this.timeout} s`;
      throw new Error(`${subject}: ${why}: ${result.reason}`);
    };
    return {
      hold: () => ask('hold'),
      confirm: () => ask('confirm').finally(() => this.progress.end()),
      undo: async () => {
        const result = await this.session()?.undo(spec, change, this.timeout);
        this.progress.takeBack(result?.kind === 'seen' ? result.value.reverted : result?.reason);
      },
    };
  }

  private async afterBreak(spec: string): Promise<string | undefined> {
    const result = await this.session()?.afterChange(spec, this.timeout);
    return result?.kind === 'seen' ? result.value.reverted : result?.reason;
  }

  private withProgress(text: string): string {
    return [text, ...Program.current().progress.lines()].join('\n  ');
  }
}

/**
 * The ID of a change that the host takes back unless it is confirmed, as apply.sh prints it; `undefined` where nothing has to be confirmed.
 * @param stdout - of the command that made the change. A provider may make a secret of it, since the connection is one.
 */
export async function armedChange(stdout: unknown): Promise<string | undefined> {
  const text = await new Promise<unknown>((resolve) =>
    (pulumi.output(stdout) as pulumi.Output<unknown>).apply(resolve),
  );
  return typeof text === 'string' ? /^armed ([0-9a-f-]+)$/m.exec(text)?.[1] : undefined;
}

/** Whether a command had begun on the host when its connection ended: the words of Go's ssh and net packages, by which the provider connects. */
export function isBrokenConnection(error: string): boolean {
  return /exited without exit status|connection reset|broken pipe|use of closed network connection|: EOF/.test(error);
}
