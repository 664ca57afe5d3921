import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from './command';
import type { Image } from './image';

const source = join(__dirname, 'kernel', 'xstate.c');

/** Whether this machine's CPU has AMX, so an extended state that is larger than AVX-512's. */
function hasTiles(): boolean {
  const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
  return flags.split(' ').includes('amx_tile');
}

/** Whether this image's kernel runs on this machine's CPU only with `kernel/xstate.c` preloaded. */
export const needsXstate = (image: Image): boolean => image.hasFixedXstate && hasTiles();

/** What the preloaded library adds to an image's cache key: nothing on a machine that does not need it. */
export const xstateContents = (image: Image): Buffer[] => (needsXstate(image) ? [readFileSync(source)] : []);

/**
 * Compiles the library into the kernel's folder and has it preloaded there. By the loader's own file, since the environment variable
 * would also reach the programs that start the kernel, outside of that folder.
 */
export async function addXstate(kernel: string): Promise<void> {
  await must([
    'gcc',
    '-O2',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-shared',
    '-fPIC',
    '-nostdlib',
    '-fno-stack-protector',
    '-o',
    join(kernel, 'xstate.so'),
    source,
  ]);
  await mkdir(join(kernel, 'etc'));
  await writeFile(join(kernel, 'etc', 'ld.so.preload'), '/xstate.so\n');
}
