import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildOnce, contentKey } from './cache';
import { must } from './command';
import { fetchPackages } from './debianPackage';

/** How to start a program of one Debian suite, whatever this machine itself has: the words before its arguments. */
export type StartProgram = (path: string) => string[];

/**
 * Programs from the packages of a Debian suite, unpacked into the cache with the libraries that they need; nothing is installed. Fetched
 * once.
 */
export async function debianPrograms(suite: string, packages: readonly string[]): Promise<StartProgram> {
  const folder = await buildOnce(
    contentKey(`programs-${suite}`, ...packages),
    `${packages.join(', ')} of Debian ${suite} (packages are fetched)`,
    1,
    async (work) => {
      const tar = join(work, 'root.tar');
      const root = join(work, 'root');
      await fetchPackages(suite, packages, tar);
      await mkdir(root);
      await must(['tar', '--extract', '--no-same-owner', '--exclude=./dev', '--file', tar, '--directory', root]);
      await must(['rm', tar]);
    },
  );
  const root = join(folder, 'root');
  // By the suite's own loader, since this machine may have another C library.
  const loader = ['lib64', 'usr/lib64']
    .map((lib) => join(root, lib, 'ld-linux-x86-64.so.2'))
    .find((file) => existsSync(file));
  if (loader === undefined) throw new Error(`Debian ${suite} has no program loader under ${root}`);
  const libraries = ['lib', 'usr/lib'].map((lib) => join(root, lib, 'x86_64-linux-gnu')).join(':');
  return (path) => [loader, '--library-path', libraries, join(root, path)];
}
