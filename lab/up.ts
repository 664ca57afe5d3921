import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from './command';
import { clear, mustBeOutside } from './down';
import { writeHostFolder } from './hostFolder';
import { hostImage } from './hostImage';
import { images, type ImageName } from './image';
import { withLock } from './lock';
import { prepareMachine } from './machine';
import { childOf, isUp } from './namespace';
import { managementAddress, planHosts, prefixLength, type LabOptions, type PlannedHost } from './plan';
import { userNamespace, wholePath } from './privilege';
import { identityOf } from './process';
import { note, step } from './progress';
import { writeKnownHosts } from './ssh';
import { waitUntilReady } from './ready';
import { labFolder, labMarker, readState, writeState, type LabHost, type LabState } from './state';
import { waitUntil } from './wait';
import { programsFor } from './xstate';

type ImageFolders = Map<ImageName, string>;

/** The images that these hosts boot, and no others: one after the other, as making one takes the whole machine. */
async function imagesFor(planned: PlannedHost[]): Promise<ImageFolders> {
  const folders: ImageFolders = new Map();
  for (const name of new Set(planned.map(({ image }) => image))) folders.set(name, await hostImage(images[name]));
  return folders;
}

/** Makes the lab's folder: keys, and for each host what it is. */
async function furnish(
  folder: string,
  imageFolders: ImageFolders,
  planned: PlannedHost[],
  memory: string,
): Promise<LabHost[]> {
  await mkdir(join(folder, 'hosts'), { recursive: true, mode: 0o700 });
  const key = join(folder, 'id_ed25519');
  await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', key]);
  const etcHosts = [
    '127.0.0.1 localhost',
    '::1 localhost',
    ...planned.map(({ address, name }) => `${address} ${name}`),
    '',
  ].join('\n');
  return Promise.all(
    planned.map(async ({ name, address, tap, mac, withoutDocker, image }) => {
      const cidr = `${address}/${prefixLength}`;
      const disk = `/hosts/${name}/disk.cow,/image/disk.img`;
      const plan = { name, cidr, tap, mac, memory, disk, withoutDocker, kernelArguments: [] };
      const hostKey = await writeHostFolder(folder, images[image], plan, etcHosts, `${key}.pub`);
      const imageFolder = imageFolders.get(image) ?? '';
      return { name, address, port: 22, hostKey, tap, withoutDocker, image, imageFolder };
    }),
  );
}

/** Starts the one process that holds the lab and waits until wire and hosts are started. */
async function startHolder(folder: string, hosts: LabHost[]): Promise<LabState> {
  const log = join(folder, 'holder.log');
  const descriptor = openSync(log, 'a');
  const holder = spawn(
    'unshare',
    [
      ...userNamespace(),
      ...['--net', '--mount', '--mount-proc', '--pid', '--fork', '--kill-child=SIGKILL', '--'],
      ...['sh', join(__dirname, 'holder', 'holder.sh'), labMarker(folder), folder],
      `${managementAddress}/${prefixLength}`,
      ...hosts.flatMap(({ name, imageFolder }) => [name, imageFolder]),
    ],
    { detached: true, stdio: ['ignore', descriptor, descriptor], cwd: '/', env: { ...process.env, PATH: wholePath() } },
  );
  closeSync(descriptor);
  holder.unref();
  const failed = new Promise<never>((_, reject) => holder.once('error', reject));
  const started = async () => {
    await waitUntil('the lab to start', () => {
      if (holder.exitCode !== null) throw new Error(`the lab did not start:\n${readFileSync(log, 'utf8').trim()}`);
      return existsSync(join(folder, 'started'));
    });
    const identity = holder.pid === undefined ? undefined : identityOf(holder.pid);
    const init = identity === undefined ? undefined : childOf(identity.pid);
    if (identity === undefined || init === undefined) throw new Error('the lab ended as soon as it had started');
    return {
      folder,
      privateKeyFile: join(folder, 'id_ed25519'),
      managementAddress,
      bridge: 'br0',
      hosts,
      holder: identity,
      init,
      networkNamespace: readlinkSync(`/proc/${init.pid}/ns/net`),
    };
  };
  const state = await Promise.race([started(), failed]);
  await writeState(state);
  return state;
}

/** All that makes hosts other hosts, in words. */
const inWords = (hosts: Pick<PlannedHost, 'name' | 'image' | 'withoutDocker'>[]) =>
  hosts.map(({ name, image, withoutDocker }) => `${name} ${image}${withoutDocker ? ' without Docker' : ''}`).join(', ');

/** Boots the lab, or waits for the one that boots already: nothing is ever started twice. */
export async function labUp(options: LabOptions = {}): Promise<LabState> {
  mustBeOutside('start a lab');
  const planned = planHosts(options);
  await prepareMachine(programsFor(planned.map(({ image }) => images[image])));
  const imageFolders = await imagesFor(planned);
  const folder = labFolder();
  const boot = async () => {
    const before = readState(folder);
    if (before !== undefined && isUp(before)) {
      const hosts = inWords(before.hosts);
      if (hosts !== inWords(planned)) {
        throw new Error(`a lab with other hosts is up (${hosts}): take it down first with \`npm run lab down\``);
      }
      note('the lab is up already');
      await waitUntilReady(
        before,
        before.hosts.map(({ name }) => name),
      );
      return before;
    }
    await clear(folder);
    return step(`booting ${planned.length} hosts until ssh and Docker answer`, async () => {
      const hosts = await furnish(folder, imageFolders, planned, options.memory ?? '1536M');
      await writeKnownHosts(folder, hosts);
      const state = await startHolder(folder, hosts);
      await waitUntilReady(
        state,
        planned.map(({ name }) => name),
      );
      return state;
    });
  };
  return withLock(folder, boot, () => note('waiting for another process that works on this lab'));
}
