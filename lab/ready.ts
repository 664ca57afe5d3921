import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostFolder, hostProcesses, readyFile } from './hostFolder';
import type { LabState } from './state';

/** Eleven hosts that boot side by side need 40 s on two free cores. */
const patienceSeconds = 600;

const lastWords = (state: LabState, name: string) =>
  readFileSync(join(hostFolder(state.folder, name), 'console.log'), 'utf8')
    .split('\n')
    .slice(-15)
    .join('\n');

/** Waits until ssh and Docker answer on these hosts: each host reports it itself, because a connection attempt would cost a booting host time. */
export async function waitUntilReady(state: LabState, names: readonly string[]): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (const name of names) {
    let polls = 0;
    while (!existsSync(readyFile(state.folder, name))) {
      await sleep(50);
      const dead = ++polls % 20 === 0 && hostProcesses(state.folder, name).length === 0;
      if (dead) throw new Error(`host ${name} ended while it booted; its last words:\n${lastWords(state, name)}`);
      if (Date.now() > deadline) {
        throw new Error(`host ${name} is not ready after ${patienceSeconds} s; last words:\n${lastWords(state, name)}`);
      }
    }
  }
}
