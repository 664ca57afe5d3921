import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache';
import { note } from './progress';
import { removeTree } from './removeTree';
import { readState } from './state';

/** The images that labs still have as their hosts' disks. */
async function imagesInUse(): Promise<string[]> {
  const labs = join(cacheFolder(), 'lab');
  if (!existsSync(labs)) return [];
  const names = await readdir(labs);
  return names.map((name) => readState(join(labs, name))?.image).filter((image) => image !== undefined);
}

/** Removes the images that this one takes the place of: each is 700 MB. What a lab still uses stays for now. */
export async function pruneImages(current: string, prefix: string): Promise<void> {
  const keep = [current, ...(await imagesInUse())];
  const folder = dirname(current);
  for (const entry of await readdir(folder)) {
    const isImage = entry.startsWith(`${prefix}-`) && !entry.includes('.building.');
    if (!isImage || keep.includes(join(folder, entry))) continue;
    await removeTree(join(folder, entry));
    note(`removed ${entry}, which is out of date`);
  }
}
