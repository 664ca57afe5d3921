import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { builtBefore, buildOnce, contentKey } from './cache';
import { must, run } from './command';
import { debianRoot, debianRootKey } from './debianRoot';
import { builtRelease, ensureDockerd } from './dockerd';
import { hostFolder, readyFile, writeHostFolder } from './hostFolder';
import type { Image } from './image';
import { asOwnerOfFiles, userNamespace } from './privilege';
import { pruneImages } from './prune';
import { removeTree } from './removeTree';
import { addXstate, needsXstate, xstateContents } from './xstate';

const imageSource = join(__dirname, 'image');
const holderSource = join(__dirname, 'holder');

/** Every file under a folder with its path: what a build's key is made of. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((entry) => join(folder, entry))
    .filter((path) => statSync(path).isFile())
    .sort()
    .flatMap((path) => [relative(folder, path), readFileSync(path, 'utf8')]);
}

/** Boots the image itself once, so that what Docker does on its first start is done before any host boots. */
async function prepare(folder: string, image: Image): Promise<void> {
  const lab = join(folder, 'prepare');
  const name = 'image';
  await mkdir(lab);
  const plan = {
    name,
    memory: '1024M',
    disk: '/image/disk.img',
    withoutDocker: false,
    kernelArguments: ['lab.prepare'],
  };
  await writeHostFolder(lab, image, plan, '127.0.0.1 localhost\n');
  const { code, stderr } = await run([
    'timeout',
    '--kill-after=5',
    '600',
    'unshare',
    ...userNamespace(),
    ...['--net', '--mount', '--mount-proc', '--pid', '--fork', '--kill-child=SIGKILL', '--'],
    ...['sh', join(holderSource, 'prepare.sh'), folder, lab],
  ]);
  if (code !== 0 || !existsSync(readyFile(lab, name))) {
    // Where not even the kernel was started, there is no console.
    const console = join(hostFolder(lab, name), 'console.log');
    const log = existsSync(console) ? readFileSync(console, 'utf8') : '';
    const words = [...log.trim().split('\n').slice(-20), stderr.trim()].filter((line) => line !== '').join('\n');
    throw new Error(`the hosts' image did not get ready (exit code ${code}); its last words:\n${words}`);
  }
  await removeTree(lab);
}

/** The folder with `disk.img`, which all hosts boot from, and `kernel/`, which runs them. */
export async function hostImage(image: Image): Promise<string> {
  const engineConfig = JSON.stringify(image.engineConfig, undefined, 2);
  const prefix = `image-${image.name}`;
  const key = contentKey(
    prefix,
    debianRootKey(image),
    engineConfig,
    ...image.kernelArguments,
    ...(image.hasBuiltEngine ? [builtRelease] : []),
    ...contents(imageSource),
    readFileSync(join(holderSource, 'prepare.sh')),
    ...xstateContents(image),
  );
  const before = builtBefore(key);
  if (before !== undefined) return before;
  // Only this step needs the tar, so it is not fetched if the image exists.
  const tar = join(await debianRoot(image), 'root.tar');
  const folder = await buildOnce(key, `the hosts' disk image`, 1, async (work) => {
    const furnish = join(imageSource, 'furnish.sh');
    const dockerd = image.hasBuiltEngine ? [await ensureDockerd()] : [];
    await must(asOwnerOfFiles(['sh', furnish, tar, join(imageSource, 'files'), engineConfig, work, ...dockerd]));
    if (needsXstate(image)) await addXstate(join(work, 'kernel'));
    await prepare(work, image);
  });
  await pruneImages(folder, prefix);
  return folder;
}
