import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from './command';
import { hostFolder, hostProcesses, readyFile } from './hostFolder';
import { currentLab, hostOf, inside } from './namespace';
import { endedWithin, kill } from './process';
import { closeConnections, onHost } from './ssh';
import { waitUntilReady } from './ready';

/** As if its power had been cut: whatever it had not written yet is lost. */
export async function cutPower(name: string): Promise<void> {
  const state = currentLab();
  const host = hostOf(state, name);
  const processes = hostProcesses(state.folder, name);
  for (const identity of processes) kill(identity, 'SIGKILL');
  if (!(await endedWithin(60, processes))) throw new Error(`host ${name} cannot be ended`);
  await closeConnections(state, host);
}

/** Boots a host that is off, on the disk that it had, and waits until it is ready. */
export async function powerOn(name: string): Promise<void> {
  const state = currentLab();
  const { imageFolder } = hostOf(state, name);
  if (hostProcesses(state.folder, name).length > 0) throw new Error(`host ${name} is running`);
  await rm(readyFile(state.folder, name), { force: true });
  const start = join(__dirname, 'holder', 'start.sh');
  await must(inside(state, ['sh', '-c', 'sh "$@" &', 'sh', start, imageFolder, state.folder, name]));
  await waitUntilReady(state, [name]);
}

/** As if it had been installed anew: on an empty disk of its own, with the host key that it had. */
export async function reinstallHost(name: string): Promise<void> {
  await cutPower(name);
  await rm(join(hostFolder(currentLab().folder, name), 'disk.cow'));
  await powerOn(name);
}

/** Shuts a host down in order, or by force where it does not listen, and boots it on the same disk. */
export async function rebootHost(name: string): Promise<void> {
  const state = currentLab();
  if (existsSync(readyFile(state.folder, name))) {
    const processes = hostProcesses(state.folder, name);
    const heard = await onHost(name, 'systemctl poweroff');
    // A host that is cut off before it has written all to its disk comes back as another one.
    if (heard.code === 0) await endedWithin(120, processes);
  }
  await cutPower(name);
  await powerOn(name);
}
