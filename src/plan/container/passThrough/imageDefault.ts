import type { NormalForm } from './normalForm';

/** Omits an empty command or entry point, which means the image's, and a size of 0, which means Docker's default: those are read back. */
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
