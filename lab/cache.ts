import { createHash } from 'node:crypto';
import { existsSync, readlinkSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { withLock } from './lock';
import { identityOf, isRunning } from './process';
import { step, note } from './progress';
import { removeTree } from './removeTree';

/** Where everything that takes long to make is kept, and the labs' state: never in the repository. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'vlan-trunk');
}

/** A cache key that changes when any of what goes into the build changes. */
export function contentKey(name: string, ...contents: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(`${content.length}:`).update(content);
  return `${name}-${hash.digest('hex').slice(0, 16)}`;
}

/** Process ids mean something only within their namespace, and the lab is one of its own. */
const processNamespace = () => readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');

function temporaryName(key: string): string {
  const startTime = identityOf(process.pid)?.startTime ?? '';
  return [key, 'building', process.pid, startTime, processNamespace()].join('.');
}

/** Removes what builds of this key left behind when their process died. */
async function removeLeftovers(folder: string, key: string): Promise<void> {
  const prefix = `${key}.building.`;
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(prefix)) continue;
    const [pid = '', startTime = '', namespace = ''] = entry.slice(prefix.length).split('.');
    const isOurs = namespace === processNamespace();
    if (isOurs && !isRunning({ pid: Number(pid), startTime })) await removeTree(join(folder, entry));
  }
}

const buildFolder = (key: string) => join(cacheFolder(), 'build', key);

/** The folder of a build that was made before. */
export function builtBefore(key: string): string | undefined {
  return existsSync(buildFolder(key)) ? buildFolder(key) : undefined;
}

/**
 * The folder of a build that is made once: from the cache, or by `build` in a temporary folder beside it that is moved
 * to its place when complete. So an interrupted build leaves no incomplete folder. Of two processes that need the same build one waits.
 *
 * @param key as made by `contentKey`
 */
export async function buildOnce(
  key: string,
  label: string,
  aboutMinutes: number,
  build: (temporaryFolder: string) => Promise<void>,
): Promise<string> {
  const target = buildFolder(key);
  const folder = dirname(target);
  if (existsSync(target)) return target;
  const waiting = () => note(`waiting for another process: ${label}`);
  return withLock(
    target,
    async () => {
      if (existsSync(target)) return target;
      await mkdir(folder, { recursive: true });
      await removeLeftovers(folder, key);
      const work = join(folder, temporaryName(key));
      try {
        await mkdir(work);
        await step(label, () => build(work), { aboutMinutes });
        await rename(work, target);
      } catch (error) {
        await removeTree(work);
        // Locks do not work between inside and outside of the lab: another process may have built it meanwhile.
        if (!existsSync(target)) throw error;
      }
      return target;
    },
    waiting,
  );
}
