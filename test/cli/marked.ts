import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A variable in the environment that all processes of one run inherit, also those that have left their parent behind. */
export const markName = 'VLAN_TRUNK_TEST_RUN';

/** Kills (SIGKILL) every process with this mark, until there is none: what is forked meanwhile has it as well. */
export async function killMarked(mark: string): Promise<void> {
  const word = `${markName}=${mark}`;
  for (let pids = marked(word); pids.length > 0; pids = marked(word)) {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    await sleep(1);
  }
}

function marked(word: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => environmentOf(pid).includes(word))
    .map(Number);
}

/** Empty for a process that has ended, or that belongs to somebody else. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
