import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withLock } from './lock';
import { insideLab } from './namespace';
import { hostProcesses } from './hostFolder';
import { endedWithin, isRunning, kill } from './process';
import { removeTree } from './removeTree';
import { labFolder, labProcesses, readState } from './state';

/**
 * Ends everything of the lab in this folder, whatever state it is in: a complete one, one whose start or end was interrupted,
 * one whose state file was never written. The kernel takes the rest when the holder is gone.
 */
export async function clear(folder: string): Promise<void> {
  const state = readState(folder);
  const known = state === undefined ? [] : [state.holder, state.init];
  for (let tries = 0; tries < 10; tries++) {
    const left = [...known.filter(isRunning), ...labProcesses(folder), ...hostProcesses(folder)];
    if (left.length === 0) {
      await removeTree(folder);
      return;
    }
    for (const identity of left) kill(identity, 'SIGKILL');
    await endedWithin(5, left);
  }
  throw new Error('processes of the lab cannot be ended; `ps` shows what they wait for');
}

/** Refuses what would pull the floor from under this very process. */
export function mustBeOutside(what: string): void {
  if (insideLab()) throw new Error(`${what} from outside of the lab: this process runs on its wire`);
}

/** Takes the lab down and leaves nothing of it; returns whether there was anything. */
export async function labDown(): Promise<boolean> {
  mustBeOutside('take the lab down');
  const folder = labFolder();
  return withLock(folder, async () => {
    const wasThere = existsSync(folder);
    await clear(folder);
    // The folder of all labs goes with the last of them.
    await rmdir(dirname(folder)).catch(() => undefined);
    return wasThere;
  });
}
