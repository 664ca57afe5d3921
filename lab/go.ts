import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, cacheFolder, contentKey } from './cache';
import { must, run } from './command';
import { insideLab } from './namespace';

/** What the engine's and the providers' modules ask for. */
const wanted = [1, 26, 6] as const;
const wantedName = `go${wanted.join('.')}`;

/** The first Go that automatically fetches the toolchain that a module needs. */
const selfUpgrading = [1, 21, 0] as const;

export interface Go {
  /** Path of the `go` program. */
  program: string;
  env: NodeJS.ProcessEnv;
}

/** Everything Go writes stays in our cache folder, unless the user's environment sets another place. */
function environment(): NodeJS.ProcessEnv {
  const folder = join(cacheFolder(), 'go');
  return {
    GOPATH: folder,
    GOMODCACHE: join(folder, 'mod'),
    GOCACHE: join(folder, 'build'),
    // Settings that `go env -w` left behind are not for our builds.
    GOENV: 'off',
    ...process.env,
    GOFLAGS: '-buildvcs=false -modcacherw',
    GOTOOLCHAIN: 'auto',
    GOWORK: 'off',
    // Where Go keeps its counters (telemetry), which would otherwise land in the user's own configuration.
    XDG_CONFIG_HOME: join(folder, 'config'),
    // Without a C compiler the result is the same program: one for every machine.
    CGO_ENABLED: '0',
  };
}

const isAtLeast = (version: readonly number[], least: readonly number[]): boolean => {
  const at = least.findIndex((part, index) => (version[index] ?? 0) !== part);
  return at < 0 || (version[at] ?? 0) > (least[at] ?? 0);
};

async function versionOf(program: string, env: NodeJS.ProcessEnv): Promise<number[] | undefined> {
  const outcome = await run([program, 'env', 'GOVERSION'], { env: { ...env, GOTOOLCHAIN: 'local' } }).catch(
    () => undefined,
  );
  const match = /^go(\d+)\.(\d+)(?:\.(\d+))?/.exec(outcome?.stdout.trim() ?? '');
  return match?.slice(1).map((part: string | undefined) => Number(part ?? 0));
}

/**
 * A Go that can build the engine: the one on PATH where it is new enough, or new enough to fetch a newer one automatically
 * (1.21). An older one, such as Debian 12's 1.19, fetches it as what it is: a module, checked against the checksum
 * database like any other.
 */
export async function ensureGo(): Promise<Go> {
  if (insideLab()) {
    throw new Error(
      'The lab reaches no registry: run `tsx lab/engine/prepare.ts` outside of it first, to build the engine.',
    );
  }
  const env = environment();
  let version = await versionOf('go', env);
  if (version === undefined) {
    await installGo();
    version = await versionOf('go', env);
  }
  if (version === undefined) throw new Error('Go is missing: install it (apt install golang-go) to build the engine.');
  if (isAtLeast(version, selfUpgrading)) return { program: 'go', env };
  // A GOROOT in the environment is the old one's.
  return { program: await fetchToolchain(env), env: { ...env, GOTOOLCHAIN: 'local', GOROOT: undefined } };
}

async function installGo(): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['apt-get', 'install', '--yes', '--quiet', '--no-install-recommends', 'golang-go'];
  const { code } = await run(install, { env });
  if (code === 0) return;
  await run(['apt-get', 'update', '--quiet'], { env });
  await must(install, { env });
}

async function fetchToolchain(env: NodeJS.ProcessEnv): Promise<string> {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const version = `v0.0.1-${wantedName}.linux-${architecture}`;
  const folder = await buildOnce(contentKey('go', version), `fetching ${wantedName}`, 1, async (target) => {
    const work = join(target, 'module');
    await mkdir(work);
    await writeFile(join(work, 'go.mod'), 'module toolchain\n');
    const download = ['env', '-C', work, 'go', 'mod', 'download', '-json', `golang.org/toolchain@${version}`];
    const { Dir } = JSON.parse(await must(download, { env })) as { Dir: string };
    await cp(Dir, join(target, 'go'), { recursive: true });
    // A module's files are never executable.
    for (const tools of ['bin', `pkg/tool/linux_${architecture}`]) {
      for (const tool of await readdir(join(target, 'go', tools))) await chmod(join(target, 'go', tools, tool), 0o755);
    }
  });
  return join(folder, 'go', 'bin', 'go');
}
