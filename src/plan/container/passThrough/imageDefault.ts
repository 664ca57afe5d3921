import type { NormalForm } from './normalForm';

/** An empty command or entry point is the image's, and a size of 0 is Docker's: both are read back, so nothing is passed on. */
export const imageDefaults: NormalForm = {
  rewrites: ['command', 'entrypoints', 'shmSize'],
  reads: [],
  normal: ({ command, entrypoints, shmSize }) => ({
    command: isEmptyList(command) ? undefined : command,
    entrypoints: isEmptyList(entrypoints) ? undefined : entrypoints,
    shmSize: shmSize === 0 ? undefined : shmSize,
  }),
};

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
