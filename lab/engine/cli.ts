import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, contentKey } from '../cache';
import { must, run } from '../command';
import { ensureGo } from './go';

/** The version that is built where none is installed. */
const builtVersion = 'v3.274.1';

/** Older ones give deletedWith another meaning, and lack flags that the Automation API of our SDK uses. */
const leastMinor = 260;

const packagePath = 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi';
const versionVariable = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version';

export interface Cli {
  /** Path of the binary; as the Automation API wants it, in a folder `bin`. */
  program: string;
  version: string;
  /** Where it comes from, for the line that every run prints. */
  origin: string;
}

/** The Pulumi CLI: the user's own where it fits, else built from its Go modules. */
export async function ensureCli(): Promise<Cli> {
  return (await installedCli()) ?? (await builtCli());
}

async function installedCli(): Promise<Cli | undefined> {
  const outcome = await run(['pulumi', 'version']).catch(() => undefined);
  const version = /^v3\.(\d+)\.\S+/.exec(outcome?.stdout.trim() ?? '');
  if (outcome?.code !== 0 || version === null || Number(version[1]) < leastMinor) return undefined;
  const program = (await must(['sh', '-c', 'command -v pulumi'])).trim();
  return { program, version: version[0], origin: 'installed' };
}

async function builtCli(): Promise<Cli> {
  const module = join(__dirname, 'cli');
  const files = ['go.mod', 'go.sum'];
  const contents = await Promise.all(files.map((file) => readFile(join(module, file))));
  const key = contentKey('pulumi', builtVersion, ...contents);
  const folder = await buildOnce(
    key,
    `building the Pulumi CLI ${builtVersion} from its Go modules`,
    5,
    async (target) => {
      const { program, env } = await ensureGo();
      // A copy: the build completes go.mod, and the repository's own is not its to write.
      const work = join(target, 'module');
      await mkdir(work);
      for (const file of files) await copyFile(join(module, file), join(work, file));
      const linked = `-s -w -X ${versionVariable}=${builtVersion}`;
      const build = ['build', '-mod=mod', '-ldflags', linked, '-o', join(target, 'bin', 'pulumi'), packagePath];
      await must(['env', '-C', work, program, ...build], { env });
    },
  );
  return { program: join(folder, 'bin', 'pulumi'), version: builtVersion, origin: 'built from Go modules' };
}
