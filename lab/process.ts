import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process named so that a recycled pid is never taken for it: the kernel counts start times in ticks since boot. */
export interface ProcessIdentity {
  pid: number;
  startTime: string;
}

/** Start time of a running process, or undefined when there is none (a zombie is none: it only waits to be reaped). */
export function startTimeOf(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The command name stands in parentheses and may itself hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

export function identityOf(pid: number): ProcessIdentity | undefined {
  const startTime = startTimeOf(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  return startTimeOf(pid) === startTime;
}

/** Ends the process if it is still the same one. */
export function kill(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Processes with a word on their command line that fits. */
export function processesWithArgument(fits: (word: string) => boolean): ProcessIdentity[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').some(fits);
      } catch {
        return false;
      }
    })
    .map(identityOf)
    .filter((identity) => identity !== undefined);
}

/** Whether they all ended in time. A process that ends loses its command line first and its files later: so ask for itself. */
export async function endedWithin(seconds: number, identities: readonly ProcessIdentity[]): Promise<boolean> {
  for (let tries = 0; identities.some(isRunning); tries++) {
    if (tries >= seconds * 50) return false;
    await sleep(20);
  }
  return true;
}
