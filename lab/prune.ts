import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache';
import { note } from './progress';
import { removeTree } from './removeTree';
import { stateFile } from './state';

/**
 * What the labs' state files say, whole: an image whose folder is named there is some host's disk. Not parsed, as another clone's
 * lab may be of a version that names it elsewhere.
 */
async function labsInWords(): Promise<string> {
  const labs = join(cacheFolder(), 'lab');
  if (!existsSync(labs)) return '';
  const files = (await readdir(labs)).map((name) => stateFile(join(labs, name))).filter((file) => existsSync(file));
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

/** Removes the images that this one takes the place of: each is 700 MB. What a lab still uses stays for now. */
export async function pruneImages(current: string, prefix: string): Promise<void> {
  const inUse = await labsInWords();
  const folder = dirname(current);
  for (const entry of await readdir(folder)) {
    const isImage = entry.startsWith(`${prefix}-`) && !entry.includes('.building.');
    if (!isImage || join(folder, entry) === current || inUse.includes(entry)) continue;
    await removeTree(join(folder, entry));
    note(`removed ${entry}, which is out of date`);
  }
}
