import * as pulumi from '@pulumi/pulumi';
import type { HostProbe } from './hostProbe';
import { Program } from './program';
import type { HostProgress } from './progress';

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
   */
  async confirm(subject: string, spec: string, stdout: unknown): Promise<void> {
    const change = await armedChange(stdout);
    const result = change === undefined ? undefined : await this.session()?.confirm(spec, change, this.timeout);
    this.progress.end();
    if (result === undefined || result.kind === 'seen') return;
    const why = `the change could not be confirmed over a new connection, and the host takes it back after ${this.timeout} s`;
    throw new Error(this.takenBack(`${subject}: ${why}: ${result.reason}`));
  }

  /** Where the command has failed: reports what the host has done since the connection broke in the middle of a change, which its error cannot. */
  async explain(subject: string, spec: string, errors: readonly string[]): Promise<void> {
    this.progress.fail();
    if (!errors.some(isBrokenConnection)) return;
    const result = await this.session()?.afterChange(spec, this.timeout);
    const reason = result?.kind === 'seen' ? result.value.reverted : result?.reason;
    if (reason === undefined) return;
    const what = `the connection to ${this.host} broke in the middle of the change, and the host takes back what is not confirmed`;
    await pulumi.log.error(this.takenBack(`${subject}: ${what}: ${reason}`));
  }

  private takenBack(text: string): string {
    this.progress.takeBack();
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
