import type { Stack } from '../../lab/engine/stack';
import { unpackHostPackages } from '../../lab/hostPackage';
import { currentLab } from '../../lab/lab';
import { hostOf } from '../../lab/namespace';
import { sh } from './facts';
import { managerPackages } from './managerPackages';
import { peerLinks } from './returning';
import { succeeds } from './stack';

/** A host that gets network managers, whose parent interface one of them has, and the machine at the other end of its VLANs. */

/** Where NetworkManager has its connections. */
export const keyfiles = '/etc/NetworkManager/system-connections';

export const addressOf = (host: string) => hostOf(currentLab(), host).address;

/** A command line that writes a file. */
export const write = (file: string, mode: number, ...lines: string[]) =>
  `mkdir -p ${file.replace(/[^/]*$/, '')}; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >${file}; chmod ${mode} ${file}`;

/** Unpacks the managers, and gives the other machine links on both VLANs, in a namespace where they are no concern of the tests that have it. */
export async function plugManagers(host: string, peer: string, namespace: string, first: number): Promise<void> {
  const far = peerLinks('peer', 'eth0', first, namespace).map((words) => `ip ${words}`);
  await sh(peer, [`ip netns add ${namespace}`, ...far].join('\n'));
  await unpackHostPackages(host, managerPackages);
}

/** A preview that finds nothing to do, and has nothing to say. */
export async function previewsNothing(stack: Stack): Promise<void> {
  const { changes, diagnostics } = await succeeds(stack.preview());
  expect([Object.keys(changes), diagnostics.join('\n')]).toEqual([['same'], '']);
}
