import { availableParallelism } from 'node:os';
import { runInOnePiece } from '../lab/command';
import { ensureEngine } from '../lab/engine/engine';
import { currentLab, labDown, labUp } from '../lab/lab';
import { inside } from '../lab/namespace';
import { sideBySide } from './sideBySide';
import { special, type Suite } from './suite';
import type { Tally } from './tally';

/** A command on the lab's wire. */
const onWire =
  (env: Record<string, string> = {}) =>
  (argv: string[]): Promise<number> => {
    const words = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    return runInOnePiece(inside(currentLab(), ['env', ...words, ...argv]));
  };

const projectsOf = ({ files }: Suite) => [...new Set(files.map((file) => file.split('/')[0] ?? file))];
/** A file's name, or a folder's, which ends with a slash. */
const patternOf = (file: string) => `/test/${file}${file.endsWith('/') ? '' : '[.]test[.]'}`;

/**
 * Suites on the lab's hosts, three for each processor at a time, as more only wait for each other; only hosts that are used are booted.
 * @param minutes - of the whole run, after which none is begun any more; those are named at the end.
 */
export async function runOnLab(tally: Tally, suites: Suite[], minutes = Infinity): Promise<void> {
  tally.head('lab');
  const numberOf = (host: string) => Number(host.slice(1));
  const hosts = [...new Set(suites.flatMap((suite) => [...suite.hosts, ...(suite.asks ?? [])]))].sort(
    (a, b) => numberOf(a) - numberOf(b),
  );
  const used = (host: string) => hosts.includes(host);
  try {
    console.log((await ensureEngine()).line);
    await labUp({
      hosts,
      withoutDocker: special.withoutDocker.filter(used),
      images: Object.fromEntries(Object.entries(special.images).filter(([host]) => used(host))),
    });
    await sideBySide(suites, 3 * availableParallelism(), async (suite) => {
      if (tally.minutes > minutes) {
        tally.leaveOut(`${suite.title} (${Math.round(tally.minutes)} minutes had passed)`);
        return;
      }
      const args = ['--selectProjects', ...projectsOf(suite), '--testPathPatterns', ...suite.files.map(patternOf)];
      await tally.jest(suite.title, onWire(suite.env), ...args, '--runInBand');
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    tally.count('lab', 0, 1);
  } finally {
    await labDown();
  }
}
