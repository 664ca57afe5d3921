import { readFileSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { GetRequiredPackagesResponse } from '@pulumi/pulumi/proto/language_pb';
import { PackageDependency } from '@pulumi/pulumi/proto/plugin_pb';

/** What a package.json says of the plugin that its package needs. */
interface Manifest {
  name?: string;
  version?: string;
  pulumi?: { resource?: boolean; name?: string; version?: string; server?: string };
}

/** The provider plugins that the packages installed for a program need, all folders `node_modules` searched deeply. */
export async function requiredPackages(folder: string): Promise<GetRequiredPackagesResponse> {
  const manifests = await installedManifests(await realpath(folder), false, new Set());
  return new GetRequiredPackagesResponse().setPackagesList(manifests.flatMap(dependencyOf));
}

async function installedManifests(folder: string, isModule: boolean, seen: Set<string>): Promise<Manifest[]> {
  if (seen.has(folder)) return [];
  seen.add(folder);
  const within = isModule || basename(folder) === 'node_modules';
  const found: Manifest[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (isModule && entry.name === 'package.json') found.push(...readManifest(join(folder, entry.name)));
    const target = entry.isSymbolicLink() ? await realpath(join(folder, entry.name)).catch(() => undefined) : undefined;
    const path = target ?? join(folder, entry.name);
    const isFolder = target === undefined ? entry.isDirectory() : (await stat(target)).isDirectory();
    if (isFolder && !(await isPolicyPack(path))) found.push(...(await installedManifests(path, within, seen)));
  }
  return found;
}

/** What a policy pack needs is not what the program needs. */
async function isPolicyPack(folder: string): Promise<boolean> {
  return (await stat(join(folder, 'PulumiPolicy.yaml')).catch(() => undefined)) !== undefined;
}

function readManifest(file: string): Manifest[] {
  try {
    return [JSON.parse(readFileSync(file, 'utf8')) as Manifest];
  } catch {
    // Test data of other packages; the official language host goes on, too.
    return [];
  }
}

function dependencyOf({ name = '', version = '', pulumi = {} }: Manifest): PackageDependency[] {
  if (pulumi.resource !== true) return [];
  const plugin = pulumi.name ?? /^@pulumi\/(.+)$/.exec(name)?.[1];
  const wanted = pulumi.version ?? version;
  if (plugin === undefined || wanted === '') return [];
  const dependency = new PackageDependency()
    .setName(plugin)
    .setKind('resource')
    .setVersion(wanted.startsWith('v') ? wanted : `v${wanted}`)
    .setServer(pulumi.server ?? '');
  return [dependency];
}
