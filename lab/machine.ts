import { accessSync, constants, closeSync, existsSync, openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { must, run } from './command';
import { isRoot } from './privilege';
import { step } from './progress';
import { programs, whyNot, type Machine } from './requirement';

/** Where Debian keeps what a user's PATH may leave out. */
const administrators = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

function hasProgram(name: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...administrators];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function tun(): Machine['tun'] {
  if (!existsSync('/dev/net/tun')) return 'missing';
  try {
    closeSync(openSync('/dev/net/tun', 'r+'));
    return 'usable';
  } catch {
    return 'denied';
  }
}

const succeeds = async (argv: readonly string[]) => {
  const outcome = await run(argv).catch(() => undefined);
  return outcome?.code === 0;
};

async function lookAtMachine(): Promise<Machine> {
  const root = isRoot();
  const needed = Object.entries(programs).filter(([program]) => !root || program !== 'newuidmap');
  return {
    platform: process.platform,
    architecture: process.arch,
    isRoot: root,
    userNamespaces: root || (await succeeds(['unshare', '--user', '--map-root-user', '--net', 'true'])),
    tun: tun(),
    missingPackages: needed.filter(([program]) => !hasProgram(program)).map(([, debianPackage]) => debianPackage),
    hasApt: hasProgram('apt-get'),
    canInstall: root || (await succeeds(['sudo', '-n', 'true'])),
  };
}

async function install(packages: readonly string[]): Promise<void> {
  const apt = [...(isRoot() ? [] : ['sudo', '-n']), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q'];
  await step(`installing Debian packages: ${packages.join(', ')}`, async () => {
    await must([...apt, 'update']);
    await must([...apt, 'install', '--yes', '--no-install-recommends', ...packages]);
  });
}

/** Makes this machine able to run the lab, or throws the one sentence that says why it is not. */
export async function prepareMachine(): Promise<void> {
  const machine = await lookAtMachine();
  const reason = whyNot(machine);
  if (reason !== undefined) throw new Error(reason);
  if (machine.missingPackages.length > 0) await install(machine.missingPackages);
  // Programs of the lab itself are called by name too.
  process.env.PATH = [process.env.PATH ?? '', ...administrators].join(delimiter);
}
