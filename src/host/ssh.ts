import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { sshArguments, type SshTarget } from './sshOption';

/** How one run on a host ended. */
export interface SshResult {
  /** The command's exit status. 255 is ssh's own; `undefined`: no answer within the time limit. */
  status: number | undefined;
  stdout: string;
  stderr: string;
}

/** The most that is read of an answer, in characters: one of a host with thousands of links has a few hundred thousand. */
const longestAnswer = 32 * 1024 * 1024;

/** The time limit of one run, in seconds. A host that does not answer ends at ConnectTimeout (10 s); one that answers and then hangs ends here. */
const usualLimit = 45;

/**
 * One run of a command on a host through the local `ssh` and its shared connection, or a new one. The command reads its stdin to the end before it does
 * anything, so that ssh can connect before it is known what goes in. Until then the process keeps no program from ending.
 */
export class SshSession {
  /** False once ssh has ended. */
  isOpen = true;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly result: Promise<SshResult>;
  private end: (status: number | undefined) => void = () => undefined;
  private stdout = '';
  private stderr = '';

  constructor(target: SshTarget, command: string, isNew = false) {
    const { env } = process;
    this.child = spawn('ssh', [...sshArguments(target, isNew), command], { stdio: ['pipe', 'pipe', 'pipe'], env });
    const { child } = this;
    this.result = new Promise((resolve) => {
      this.end = (status) => {
        this.isOpen = false;
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ status, stdout: this.stdout, stderr: this.stderr });
      };
    });
    this.read(child.stdout, (chunk) => (this.stdout += chunk).length);
    this.read(child.stderr, (chunk) => (this.stderr += chunk).length);
    child.on('error', (error) => {
      this.stderr += `cannot run the local ssh: ${error.message}`;
      this.end(255);
    });
    child.on('close', (code) => {
      this.end(code ?? 255);
    });
    // The ssh process that keeps the shared connection may hold stderr open after the command has ended. The answer is complete then.
    child.on('exit', (code) => {
      setTimeout(() => {
        this.end(code ?? 255);
      }, 1000).unref();
    });
    // A host that refuses us closes the pipe before it has read anything.
    child.stdin.on('error', () => undefined);
    this.holdProgram(false);
  }

  /** Data goes in on stdin. */
  async send(input: string, limit = usualLimit): Promise<SshResult> {
    this.holdProgram(true);
    const timer = setTimeout(() => {
      this.child.kill();
      this.end(undefined);
    }, limit * 1000);
    this.child.stdin.end(input);
    const result = await this.result;
    clearTimeout(timer);
    return result;
  }

  /** Ends it where nothing is to go in. */
  close(): void {
    this.child.stdin.end();
  }

  private read(stream: Readable, add: (chunk: string) => number): void {
    // By the stream and not chunk by chunk, since a character may lie in two chunks.
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      if (add(chunk) <= longestAnswer) return;
      this.child.kill();
      this.stderr = 'the answer is longer than 32 MiB';
      this.end(255);
    });
  }

  private holdProgram(isHeld: boolean): void {
    const { child } = this;
    const pipes = [child.stdin, child.stdout, child.stderr].filter((pipe) => pipe instanceof Socket);
    for (const each of [child, ...pipes])
      if (isHeld) each.ref();
      else each.unref();
  }
}

/** Runs a command on a host through the local `ssh` and its shared connection, or a new one; data goes in on stdin. */
export function runOverSsh(
  target: SshTarget,
  command: string,
  input: string,
  isNew = false,
  limit = usualLimit,
): Promise<SshResult> {
  return new SshSession(target, command, isNew).send(input, limit);
}
