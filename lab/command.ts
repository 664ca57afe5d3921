import { spawn } from 'node:child_process';
import { wholePath } from './privilege';

export interface Outcome {
  /** Exit code; 128 and the signal's number where a signal ended it. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  stdin?: string;
  env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and returns how it ended; throws only if it cannot be started. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const [program = '', ...rest] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // Named, as under jest a child would otherwise get another environment than the one we see.
      env: options.env ?? { ...process.env, PATH: wholePath() },
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 128), stdout, stderr }));
    // A program may well end before it has read all of its input: that is its exit code's business.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.stdin);
  });
}

/** Runs a program that has to succeed; its last words are the error otherwise. */
export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(argv, options);
  if (code === 0) return stdout;
  const words = (stderr.trim() === '' ? stdout : stderr).trim().split('\n').slice(-12).join('\n');
  throw new Error(`${argv[0] ?? ''} failed with exit code ${code}:\n${words}`);
}

/** Runs a program on our own terminal and gives its exit code. */
export function runAttached(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const [program = '', ...rest] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: 'inherit', env });
    // Ctrl-C reaches the child by the terminal; we stay to hand on its exit code.
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', ignore);
      resolve(code ?? 128);
    });
  });
}

/** The same, what it says printed in one piece at its end, where several run at a time. */
export async function runInOnePiece(argv: readonly string[], options: RunOptions = {}): Promise<number> {
  const { code, stdout, stderr } = await run(argv, options);
  console.log(`${stdout}${stderr}`);
  return code;
}
