import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { runAttached } from './command';
import { currentLab, inside } from './namespace';
import type { LabState } from './state';

export interface Capture<T> {
  /** One line a frame, as `tcpdump -e` prints it: with addresses and tags of the link layer. */
  frames: string[];
  result: T;
}

/** A host's name stands for its cable; everything else is an interface on the wire's side. */
const interfaceOf = (state: LabState, where: string) => state.hosts.find(({ name }) => name === where)?.tap ?? where;

const tcpdump = (state: LabState, where: string, filter: string) =>
  inside(state, [
    ...['tcpdump', '-e', '-n', '-l', '--immediate-mode', '-i', interfaceOf(state, where)],
    ...(filter === '' ? [] : [filter]),
  ]);

/** Prints what is on the wire until somebody ends it. */
export function watch(where: string, filter: string): Promise<number> {
  return runAttached(tcpdump(currentLab(), where, filter));
}

/** Long enough for a frame that is on the wire to be printed, too short to be noticed. */
const settleMilliseconds = 400;

/**
 * Runs `during` while tcpdump listens, and gives what it saw. Listening has really begun when `during` is called.
 *
 * @param where `br0` for all of the trunk, or a host or tap for one cable
 * @param filter as tcpdump takes it, for example `vlan 50 and icmp`
 */
export async function capture<T>(where: string, filter: string, during: () => Promise<T>): Promise<Capture<T>> {
  const [program = '', ...rest] = tcpdump(currentLab(), where, filter);
  // A process group of its own: from outside, tcpdump is the child of what entered the lab, and both must hear the signal.
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: process.env });
  let stdout = '';
  let stderr = '';
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (stderr.includes('listening on')) resolve();
    });
    child.on('error', reject);
    child.on('close', () => reject(new Error(`tcpdump ended: ${stderr.trim()}`)));
  });
  const stop = async () => {
    await sleep(settleMilliseconds);
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await ended;
  };
  let result: T;
  try {
    result = await during();
  } finally {
    await stop();
  }
  return { frames: stdout.split('\n').filter((line) => line !== ''), result };
}
