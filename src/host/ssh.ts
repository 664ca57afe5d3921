import { spawn } from 'node:child_process';
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

/** Runs a command on a host through the local `ssh` and its shared connection, or a new one; data goes in on stdin. */
export function runOverSsh(
  target: SshTarget,
  command: string,
  input: string,
  isNew = false,
  limit = usualLimit,
): Promise<SshResult> {
  return new Promise((resolve) => {
    const { env } = process;
    const child = spawn('ssh', [...sshArguments(target, isNew), command], { stdio: ['pipe', 'pipe', 'pipe'], env });
    let stdout = '';
    let stderr = '';
    const end = (status: number | undefined) => {
      clearTimeout(timer);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ status, stdout, stderr });
    };
    const timer = setTimeout(() => {
      child.kill();
      end(undefined);
    }, limit * 1000);
    const read = (stream: Readable, add: (chunk: string) => number) => {
      // By the stream and not chunk by chunk, since a character may lie in two chunks.
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        if (add(chunk) <= longestAnswer) return;
        child.kill();
        stderr = 'the answer is longer than 32 MiB';
        end(255);
      });
    };
    read(child.stdout, (chunk) => (stdout += chunk).length);
    read(child.stderr, (chunk) => (stderr += chunk).length);
    child.on('error', (error) => {
      stderr += `cannot run the local ssh: ${error.message}`;
      end(255);
    });
    child.on('close', (code) => {
      end(code ?? 255);
    });
    // The ssh process that keeps the shared connection may hold stderr open after the command has ended. The answer is complete then.
    child.on('exit', (code) => {
      setTimeout(() => {
        end(code ?? 255);
      }, 1000).unref();
    });
    // A host that refuses us closes the pipe before it has read anything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
