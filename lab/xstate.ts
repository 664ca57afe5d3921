import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from './command';
import type { Image } from './image';

const source = join(__dirname, 'kernel', 'xstate.c');

const cpuinfo = (): string => (existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '');

/** Whether a CPU has AMX, so an extended state that is larger than AVX-512's. */
const hasTiles = (cpu: string): boolean => /^flags\s*:.*\bamx_tile\b/m.test(cpu);

/**
 * Whether this image's kernel runs only with `kernel/xstate.c` preloaded.
 *
 * @param cpu `/proc/cpuinfo`; this machine's unless given
 */
export const needsXstate = (image: Image, cpu = cpuinfo()): boolean => image.hasFixedXstate && hasTiles(cpu);

/** Programs that making these images takes here, beside those that every lab needs, with their Debian packages. */
export const programsFor = (images: readonly Image[], cpu = cpuinfo()): Record<string, string> =>
  images.some((image) => needsXstate(image, cpu)) ? { gcc: 'gcc' } : {};

/** What the preloaded library adds to an image's cache key: nothing on a machine that does not need it. */
export const xstateContents = (image: Image, cpu = cpuinfo()): Buffer[] =>
  needsXstate(image, cpu) ? [readFileSync(source)] : [];

/**
 * Compiles the library into a kernel's folder and has it preloaded there. By the loader's own file, since the environment variable
 * would also reach the programs that start the kernel, outside of that folder.
 */
export async function addXstate(kernel: string): Promise<void> {
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-nostdlib', '-fno-stack-protector'];
  await must(['gcc', ...flags, '-o', join(kernel, 'xstate.so'), source]);
  await mkdir(join(kernel, 'etc'));
  await writeFile(join(kernel, 'etc', 'ld.so.preload'), '/xstate.so\n');
}
