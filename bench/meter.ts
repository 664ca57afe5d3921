import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../lab/command';
import type { Agent } from './agent';
import type { Command } from './competitor';
import { quietCounters } from './settle';
import { countSince, logPosition, type SshCount } from './sshLog';

export interface HostCost extends SshCount {
  cpu: number;
  forks: number;
}

/** What one operation took. */
export interface Cost {
  seconds: number;
  /** Of this machine: the program with all that it started, whether or not it waited for it. */
  controllerCpu: number;
  /** One a host, in their order. */
  hosts: HostCost[];
}

/**
 * Runs a command in a process namespace of its own: what it leaves behind (masters of shared ssh connections) ends with it, so that
 * every operation begins cold, as it does for who comes back after an hour; and the processor time of all of it is counted.
 */
export async function measure(command: Command, agents: Agent[]): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-bench-'));
  try {
    const positions = await Promise.all(agents.map(logPosition));
    const before = await Promise.all(agents.map(quietCounters));
    const times = join(folder, 'times');
    const script = `TIMEFORMAT='%R %U %S'; { time unshare --pid --fork --kill-child --mount-proc -- bash -c '"$@"; exit $?' bash "$@" 2>&1; } 2>${times}`;
    const { code, stdout } = await run(['bash', '-c', script, 'bash', ...command.argv], {
      env: { ...process.env, ...command.env },
    });
    if (code !== 0 || command.refuse?.test(stdout))
      throw new Error(`exit code ${code} of ${command.argv.join(' ')}\n${stdout}`);
    const after = await Promise.all(agents.map(quietCounters));
    const counts = await Promise.all(agents.map((agent, at) => countSince(agent, positions[at] ?? '')));
    const [seconds = 0, user = 0, system = 0] = readFileSync(times, 'utf8').trim().split(' ').map(Number);
    return {
      seconds,
      controllerCpu: user + system,
      hosts: counts.map((count, at) => ({
        ...count,
        cpu: (after[at]?.cpu ?? 0) - (before[at]?.cpu ?? 0),
        forks: (after[at]?.forks ?? 0) - (before[at]?.forks ?? 0),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
