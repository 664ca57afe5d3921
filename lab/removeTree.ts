import { rm } from 'node:fs/promises';
import { must } from './command';
import { asOwnerOfFiles, isRoot } from './privilege';

/** Removes a file or a folder with all that is in it; fine when there is none. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    // An interrupted build may leave files of other users of this user's own range.
    if (isRoot() || (error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    await must(asOwnerOfFiles(['rm', '-rf', '--', path]));
  }
}
