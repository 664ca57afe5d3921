import { join } from 'node:path';
import { must, run } from '../command';
import { buildGoProgram } from '../goProgram';

/** The version that is built where none is installed. */
const builtVersion = 'v3.274.1';

/** Older ones give deletedWith another meaning, and lack flags that the Automation API of our SDK uses. */
const leastMinor = 260;

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
  const program = await buildGoProgram({
    name: 'pulumi',
    version: builtVersion,
    packagePath: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    versionVariable: 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version',
    folder: join(__dirname, 'cli'),
    aboutMinutes: 5,
  });
  return { program, version: builtVersion, origin: 'built from Go modules' };
}
