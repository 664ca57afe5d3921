import { join } from 'node:path';
import { buildOnce, contentKey } from './cache';
import { must, run } from './command';
import type { Image } from './image';
import { isRoot } from './privilege';

/** Manuals and the like are not needed on a host of the lab, and are a third of its size. */
const leftOut = ['doc', 'info', 'locale', 'man'].map((folder) => `--dpkgopt=path-exclude=/usr/share/${folder}/*`);

/** The mirror that this machine itself installs Debian from; mmdebstrap's own choice if it cannot be determined. */
export async function mirror(): Promise<string[]> {
  const asked = await run([
    'apt-get',
    'indextargets',
    '--format',
    '$(REPO_URI)',
    'Created-By: Packages',
    'Origin: Debian',
    'Label: Debian',
  ]).catch(() => undefined);
  const first = asked?.stdout.split('\n')[0] ?? '';
  return first === '' ? [] : [first];
}

/** Run when all is installed, with the root's path as the shell's first argument. */
const alternativeHooks = (image: Image) =>
  Object.entries(image.alternatives).map(
    ([name, program]) => `--customize-hook=chroot "$1" update-alternatives --set ${name} ${program}`,
  );

const packagesOf = (image: Image) => image.packages.join(',');

export const debianRootKey = (image: Image): string =>
  contentKey(`root-${image.suite}`, image.suite, packagesOf(image), ...leftOut, ...alternativeHooks(image));

/** A root file system as Debian installs it, as a tar: the path of the folder that holds `root.tar`. */
export async function debianRoot(image: Image): Promise<string> {
  return buildOnce(
    debianRootKey(image),
    `Debian ${image.suite} for the hosts (packages are fetched)`,
    1,
    async (folder) => {
      await must([
        'mmdebstrap',
        '--variant=minbase',
        `--mode=${isRoot() ? 'root' : 'unshare'}`,
        // A mirror may serve an older snapshot; who signed it is still checked.
        '--aptopt=Acquire::Check-Valid-Until "false"',
        ...leftOut,
        `--include=${packagesOf(image)}`,
        ...alternativeHooks(image),
        image.suite,
        join(folder, 'root.tar'),
        ...(await mirror()),
      ]);
    },
  );
}
