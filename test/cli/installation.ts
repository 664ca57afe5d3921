import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const repository = join(__dirname, '..', '..');

/** What the examples' package.json asks for beside the package and what it depends on. */
const ofExamples = ['typescript', '@types/node'];

/**
 * Makes `node_modules` in a folder, as `npm install` of the packed package leaves it: the package itself unpacked from its tarball,
 * what it depends on linked from the repository's own `node_modules`, since the lab reaches no registry. What the package needs and
 * does not declare is not there.
 */
export function installPackage(folder: string): void {
  requireFreshBuild();
  const modules = join(folder, 'node_modules');
  const target = join(modules, 'vlan-trunk');
  mkdirSync(target, { recursive: true });
  // Without scripts: `prepare` would build `dist` anew under other tests that run from it.
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const tarball = join(folder, execFileSync('npm', pack, { cwd: repository }).toString().trim());
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components', '1']);
  rmSync(tarball);
  for (const name of new Set([...productionDependencies(), ...ofExamples])) {
    const link = join(modules, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), link);
  }
}

/** The packages at the top of `node_modules` that `npm install` makes of the package's own dependencies. */
function productionDependencies(): string[] {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }>;
  };
  return Object.entries(lock.packages).flatMap(([path, { dev, devOptional, optional }]) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    return name === undefined || dev || devOptional || optional ? [] : [name];
  });
}

/** `npm pack` takes `dist` as it is. */
function requireFreshBuild(): void {
  const newest = (folder: string) =>
    Math.max(
      ...readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => statSync(join(repository, folder, name)).mtimeMs,
      ),
    );
  if (newest('dist') < newest('src')) throw new Error('dist is older than src: run `npm run build` first');
}
