import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { builtBefore, buildOnce, contentKey } from './cache';
import { must } from './command';
import { fetchPackages } from './debianPackage';
import { hostFolder } from './hostFolder';
import { currentLab } from './namespace';
import { onHost } from './ssh';

/** Debian packages that a host of a lab does not have, and gets while it runs. */
export interface HostPackages {
  /** What they are for, in one word. */
  readonly name: string;
  /** The suite of the hosts themselves. */
  readonly suite: string;
  readonly packages: readonly string[];
}

const keyOf = ({ name, suite, packages }: HostPackages) => contentKey(`host-${name}-${suite}`, ...packages);
const tarIn = (folder: string) => join(folder, 'all.tar.gz');

/** A tar of these packages and what they depend on; fetched once, outside of a lab, whose wire leads nowhere. */
export async function fetchHostPackages(wanted: HostPackages): Promise<string> {
  const { suite, packages } = wanted;
  const label = `${packages.join(', ')} of Debian ${suite} for the hosts`;
  const folder = await buildOnce(keyOf(wanted), label, 1, async (work) => {
    const all = join(work, 'all.tar');
    await fetchPackages(suite, packages, all);
    await must(['gzip', '--fast', all]);
  });
  return tarIn(folder);
}

/** Unpacks them on a host; what is there already stays as it is, and no package is configured. They must have been fetched. */
export async function unpackHostPackages(host: string, wanted: HostPackages): Promise<void> {
  const folder = builtBefore(keyOf(wanted));
  if (folder === undefined) throw new Error(`the packages for ${wanted.name} were not fetched before the lab`);
  // The host sees this folder as /run/lab.
  const inShare = join(hostFolder(currentLab().folder, host), 'share', 'all.tar.gz');
  await copyFile(tarIn(folder), inShare);
  const { code, stderr } = await onHost(
    host,
    'tar --extract --gzip --skip-old-files --keep-directory-symlink --exclude=./dev --directory / --file /run/lab/all.tar.gz',
  );
  await rm(inShare);
  if (code !== 0) throw new Error(`the packages for ${wanted.name} cannot be unpacked on ${host}: ${stderr}`);
}
