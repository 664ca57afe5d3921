import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from './command';
import { hostMarker, readyFile } from './hostFolder';
import { currentLab, hostOf, inside } from './namespace';
import { kill, processesWithArgument } from './process';
import { closeConnections, onHost } from './ssh';
import type { LabState } from './state';
import { waitUntilReady } from './ready';

/** A host's processes: the kernel and its helpers. */
const processesOf = (state: LabState, name: string) => processesWithArgument(hostMarker(state.folder, name));

async function goneWithin(state: LabState, name: string, seconds: number): Promise<boolean> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    if (processesOf(state, name).length === 0) return true;
    await sleep(100);
  }
  return false;
}

/** As if its power had been cut: whatever it had not written yet is lost. */
export async function cutPower(name: string): Promise<void> {
  const state = currentLab();
  const host = hostOf(state, name);
  for (const identity of processesOf(state, name)) kill(identity, 'SIGKILL');
  if (!(await goneWithin(state, name, 10))) throw new Error(`host ${name} cannot be ended`);
  await closeConnections(state, host);
}

/** Boots a host that is off, on the disk that it had, and waits until it is ready. */
export async function powerOn(name: string): Promise<void> {
  const state = currentLab();
  hostOf(state, name);
  if (processesOf(state, name).length > 0) throw new Error(`host ${name} is running`);
  await rm(readyFile(state.folder, name), { force: true });
  const start = join(__dirname, 'holder', 'start.sh');
  await must(inside(state, ['sh', '-c', 'sh "$@" &', 'sh', start, state.image, state.folder, name]));
  await waitUntilReady(state, [name]);
}

/** Shuts a host down in order, or by force where it does not listen, and boots it on the same disk. */
export async function rebootHost(name: string): Promise<void> {
  const state = currentLab();
  if (existsSync(readyFile(state.folder, name))) {
    await onHost(name, 'systemctl poweroff');
    await goneWithin(state, name, 20);
  }
  await cutPower(name);
  await powerOn(name);
}
