import { existsSync } from 'node:fs';
import { run } from './command';
import { hostProcesses, readyFile } from './hostFolder';
import { inside } from './namespace';
import type { LabHost, LabState } from './state';

function powerOf(state: LabState, host: LabHost): string {
  if (hostProcesses(state.folder, host.name).length === 0) return 'off';
  return existsSync(readyFile(state.folder, host.name)) ? 'ready' : 'booting';
}

/** Prints the lab as a table, and how to get in. */
export async function printStatus(state: LabState): Promise<void> {
  const rows: string[][] = [];
  for (const host of state.hosts) {
    const link = await run(inside(state, ['ip', 'link', 'show', 'dev', host.tap]));
    const cable = link.stdout.includes(` master ${state.bridge} `) ? 'plugged' : 'unplugged';
    const docker = host.withoutDocker ? 'no Docker' : 'Docker';
    rows.push([host.name, host.address, powerOf(state, host), cable, host.image, docker]);
  }
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell) => cell.padEnd(10))
        .join(' ')
        .trimEnd()}\n`,
    );
  const first = state.hosts[0]?.name ?? 'n1';
  process.stdout.write(`get in: npm run lab ssh ${first}    npm run lab exec ${first} -- docker ps\n`);
}
