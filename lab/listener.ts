import { spawn, type ChildProcess } from 'node:child_process';
import { waitUntil } from './wait';

/** A running tcpdump, whose standard output has one line a frame. */
export class Listener {
  private printed = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly closed: Promise<void>,
  ) {}

  /**
   * Starts tcpdump, and returns when it listens. Throws what tcpdump printed if it ends before.
   *
   * @param argv ends tcpdump when its standard input ends, or when it gets SIGINT
   */
  static async start(argv: readonly string[]): Promise<Listener> {
    const [program = '', ...rest] = argv;
    // A process group of its own: from outside, tcpdump is the child of what entered the lab, and both must get the signal.
    const child = spawn(program, rest, { stdio: 'pipe', detached: true, env: process.env });
    const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
    const listener = new Listener(child, closed);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (listener.printed += text));
    child.stdin.on('error', () => undefined);
    let output = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        // Printed once the socket is open and has its filter.
        if (output.includes('listening on')) resolve();
      });
      child.on('error', reject);
      child.on('close', () => reject(new Error(`tcpdump ended: ${output.trim()}`)));
    });
    return listener;
  }

  /** The frames printed so far. The last line is left out until it is complete. */
  frames(): string[] {
    return this.printed.split('\n').slice(0, -1);
  }

  /** Waits until a frame was captured: all frames before it have been, too. */
  async until(what: string, isLast: (frame: string) => boolean): Promise<void> {
    await waitUntil(what, () => this.frames().some(isLast));
  }

  /** @param signal besides the end of its standard input */
  async stop(signal?: NodeJS.Signals): Promise<void> {
    const { child } = this;
    child.stdin?.end();
    if (signal !== undefined && child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
    await this.closed;
  }
}
