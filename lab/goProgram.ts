import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, contentKey } from './cache';
import { must } from './command';
import { ensureGo } from './go';

/** A program that is built here from the Go modules of those who wrote it. */
export interface GoProgram {
  name: string;
  version: string;
  /** Its package, and the variable that tells it its version. */
  packagePath: string;
  versionVariable: string;
  /** Folder with the `go.mod` that names its module, and the `go.sum` with the checksums of all modules in it. */
  folder: string;
  aboutMinutes: number;
}

/** The path of the program, in a folder `bin`; built once for each version. */
export async function buildGoProgram(wanted: GoProgram): Promise<string> {
  const { name, version, packagePath, versionVariable, folder, aboutMinutes } = wanted;
  const files = ['go.mod', 'go.sum'];
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))));
  const label = `building ${name} ${version} from its Go modules`;
  const built = await buildOnce(contentKey(name, version, ...contents), label, aboutMinutes, async (target) => {
    const { program, env } = await ensureGo();
    // A copy: the build completes go.mod, and the repository's own is not its to write.
    const work = join(target, 'module');
    await mkdir(work);
    for (const file of files) await copyFile(join(folder, file), join(work, file));
    const linked = `-s -w -X ${versionVariable}=${version}`;
    const build = ['build', '-mod=mod', '-ldflags', linked, '-o', join(target, 'bin', name), packagePath];
    await must(['env', '-C', work, program, ...build], { env });
  });
  return join(built, 'bin', name);
}
