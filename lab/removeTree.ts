import { rm } from 'node:fs/promises';

/** Removes a file or a folder with all that is in it; fine when there is none. */
export async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}
