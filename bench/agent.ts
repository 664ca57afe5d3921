import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type LabHost, type LabState, sshCommand } from '../lab/lab';

/** A host's counters since its boot. */
export interface Counters {
  /** Seconds of its processor, without idle and waiting. */
  cpu: number;
  forks: number;
}

const ticksPerSecond = 100;
const endMark = '-- end of answer';

/** Without a fork on the host: what is read by the shell itself costs it next to nothing. */
const readCounters =
  'while read -r key rest; do case $key in cpu|processes) echo "$key $rest";; esac; done </proc/stat';

/**
 * A shell on a host that stays open for the length of the bench, so that no reading opens a session among those that are counted.
 */
export class Agent {
  private readonly shell: ChildProcessWithoutNullStreams;
  private heard = '';
  private answered: ((text: string) => void) | undefined;
  private failed: ((error: Error) => void) | undefined;

  constructor(
    lab: LabState,
    readonly host: LabHost,
  ) {
    const [program = '', ...words] = sshCommand(lab, host);
    // A connection of its own, which no command of a competitor shares.
    const own = ['-o', 'ControlMaster=no', '-o', 'ControlPath=none'];
    this.shell = spawn(program, [...own, ...words, 'exec bash --norc --noprofile']);
    this.shell.stdout.setEncoding('utf8').on('data', (text: string) => this.hear(text));
    this.shell.stderr.setEncoding('utf8').on('data', (text: string) => process.stderr.write(`${host.name}: ${text}`));
    this.shell.on('close', () => this.failed?.(new Error(`the shell on ${host.name} has ended`)));
  }

  /** Runs a script in the shell; one at a time. */
  async run(script: string): Promise<string> {
    const answer = new Promise<string>((done, failed) => {
      this.answered = done;
      this.failed = failed;
    });
    this.shell.stdin.write(`{ ${script}\n} </dev/null; echo "${endMark} $?"\n`);
    const text = await answer;
    const at = text.lastIndexOf(endMark);
    const code = Number(text.slice(at + endMark.length));
    if (code !== 0) throw new Error(`exit code ${code} on ${this.host.name} of: ${script}\n${text.slice(0, at)}`);
    return text.slice(0, at);
  }

  async counters(): Promise<Counters> {
    const text = await this.run(readCounters);
    // user nice system idle iowait irq softirq (proc_stat(5))
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] =
      /^cpu +(.*)/m.exec(text)?.[1]?.split(/ +/).map(Number) ?? [];
    return {
      cpu: (user + nice + system + irq + softirq) / ticksPerSecond,
      forks: Number(/^processes (\d+)/m.exec(text)?.[1]),
    };
  }

  end(): void {
    this.failed = undefined;
    this.shell.stdin.end();
  }

  private hear(text: string): void {
    this.heard += text;
    if (!new RegExp(`${endMark} \\d+\n$`).test(this.heard)) return;
    const answer = this.heard;
    this.heard = '';
    this.answered?.(answer);
  }
}
