import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from './command';
import type { Image } from './image';
import { processesWithArgument, type ProcessIdentity } from './process';

/** What a host of a lab is before it boots. */
export interface HostPlan {
  name: string;
  /** With its prefix length; none for a host without a wire. */
  cidr?: string;
  tap?: string;
  mac?: string;
  memory: string;
  /** The disk, as the kernel shall open it: inside its own small root. */
  disk: string;
  withoutDocker: boolean;
  /** Further words for the kernel's command line. */
  kernelArguments: string[];
}

/** A word on a host's command line that identifies its process. The kernel reads it as the parameter of a module: no effect. */
const hostMarker = (labFolder: string, name: string): string => `lab.host=${labFolder}/hosts/${name}`;

/** The processes of a host: the kernel and its helpers; of all hosts where none is named. */
export const hostProcesses = (labFolder: string, name?: string): ProcessIdentity[] =>
  processesWithArgument((word) =>
    name === undefined ? word.startsWith(hostMarker(labFolder, '')) : word === hostMarker(labFolder, name),
  );

export const hostFolder = (labFolder: string, name: string): string => join(labFolder, 'hosts', name);

/** The file by which a host reports that it is ready: in the folder with its identity, as the host sees it. */
export const readyFile = (labFolder: string, name: string): string =>
  join(hostFolder(labFolder, name), 'share', 'ready');

function bootArguments(labFolder: string, image: Image, plan: HostPlan): string[] {
  const { name, tap, mac } = plan;
  const machineId = createHash('sha256').update(hostMarker(labFolder, name)).digest('hex').slice(0, 32);
  return [
    `umid=${name}`,
    `uml_dir=/hosts/${name}/uml/`,
    `ubd0=${plan.disk}`,
    'root=/dev/ubda',
    'rw',
    `mem=${plan.memory}`,
    'init=/sbin/init',
    `hostfs=/hosts/${name}/share`,
    ...(tap === undefined ? [] : [`vec0:transport=tap,ifname=${tap},depth=64,gro=0,mac=${mac ?? ''}`]),
    'con=null',
    'con0=null,fd:1',
    'ssl=null',
    // systemd would ask the console what terminal it is and wait for an answer.
    'TERM=dumb',
    'quiet',
    `systemd.machine_id=${machineId}`,
    ...image.kernelArguments,
    ...plan.kernelArguments,
    hostMarker(labFolder, name),
  ];
}

/** Writes a host's folder: its identity, a key of its own, and how it is booted. Returns its public host key. */
export async function writeHostFolder(
  labFolder: string,
  image: Image,
  plan: HostPlan,
  etcHosts: string,
  clientPublicKeyFile?: string,
): Promise<string> {
  const folder = hostFolder(labFolder, plan.name);
  const share = join(folder, 'share');
  await mkdir(share, { recursive: true });
  await mkdir(join(folder, 'uml'));
  const key = join(share, 'ssh_host_ed25519_key');
  await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', plan.name, '-f', key]);
  await writeFile(join(share, 'name'), `${plan.name}\n`);
  await writeFile(join(share, 'hosts'), etcHosts);
  await writeFile(join(share, 'address'), `${plan.cidr ?? ''}\n`);
  await writeFile(join(share, 'authorized_keys'), '');
  if (clientPublicKeyFile !== undefined) await copyFile(clientPublicKeyFile, join(share, 'authorized_keys'));
  if (plan.withoutDocker) await writeFile(join(share, 'without-docker'), '');
  await writeFile(join(folder, 'boot'), bootArguments(labFolder, image, plan).join('\n') + '\n');
  const [type = '', data = ''] = (await readFile(`${key}.pub`, 'utf8')).split(' ');
  return `${type} ${data}`;
}
