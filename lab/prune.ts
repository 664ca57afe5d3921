import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache';
import { note } from './progress';
import { removeTree } from './removeTree';
import { stateFile } from './state';

/**
 * The complete text of all labs' state files: an image whose folder is named there is a host's disk. The files are not parsed, because
 * the lab of another clone may be of a version with another format.
 */
async function stateTexts(): Promise<string> {
  const labs = join(cacheFolder(), 'lab');
  if (!existsSync(labs)) return '';
  const files = (await readdir(labs)).map((name) => stateFile(join(labs, name))).filter((file) => existsSync(file));
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

/** Removes the images that this one replaces (each is 700 MB), except those that a lab still uses. */
export async function pruneImages(current: string, prefix: string): Promise<void> {
  const inUse = await stateTexts();
  const folder = dirname(current);
  for (const entry of await readdir(folder)) {
    const isImage = entry.startsWith(`${prefix}-`) && !entry.includes('.building.');
    if (!isImage || join(folder, entry) === current || inUse.includes(entry)) continue;
    await removeTree(join(folder, entry));
    note(`removed ${entry}, which is out of date`);
  }
}
