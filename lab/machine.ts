import { accessSync, constants, closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { must, run } from './command';
import { isRoot, userNamespace, wholePath } from './privilege';
import { step } from './progress';
import { programsOfEveryLab, whyNot, type Machine } from './requirement';

function hasProgram(name: string): boolean {
  return wholePath()
    .split(delimiter)
    .some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function hasSubordinateUsers(): boolean {
  const { username, uid } = userInfo();
  return ['/etc/subuid', '/etc/subgid'].every((file) => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.some((line) => line.startsWith(`${username}:`) || line.startsWith(`${uid}:`));
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

async function lookAtMachine(programs: Record<string, string>): Promise<Machine> {
  const root = isRoot();
  const needed = Object.entries(programs).filter(([program]) => !root || program !== 'newuidmap');
  return {
    platform: process.platform,
    architecture: process.arch,
    isRoot: root,
    userNamespaces: root || (await succeeds(['unshare', ...userNamespace(), '--net', 'true'])),
    subordinateUsers: root || hasSubordinateUsers(),
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

/**
 * Makes this machine able to run the lab, or throws an error with the one reason why it is not.
 *
 * @param furtherPrograms what this lab needs beside what every lab does: a program, and its Debian package
 */
export async function prepareMachine(furtherPrograms: Record<string, string>): Promise<void> {
  const programs = { ...programsOfEveryLab, ...furtherPrograms };
  let machine = await lookAtMachine(programs);
  if (whyNot(machine) === undefined && machine.missingPackages.length > 0) {
    await install(machine.missingPackages);
    // Checked only now, because the programs of user namespaces may have been among the missing packages.
    machine = await lookAtMachine(programs);
  }
  const reason = whyNot(machine);
  if (reason !== undefined) throw new Error(reason);
}
