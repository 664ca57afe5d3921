import { debianPrograms } from '../../lab/debianProgram';

/** The awks that hosts have, each by the words that start it. Debian 11 and 12, Ubuntu 20.04 and 22.04 have the mawk of 2020. */
export async function dialects(): Promise<Record<Dialect, string[]>> {
  const bookworm = await debianPrograms('bookworm', ['mawk']);
  const forky = await debianPrograms('forky', ['busybox-static', 'gawk', 'mawk']);
  return {
    'mawk of 2020': bookworm('usr/bin/mawk'),
    "today's mawk": forky('usr/bin/mawk'),
    'gawk --posix': [...forky('usr/bin/gawk'), '--posix'],
    'busybox awk': [...forky('usr/bin/busybox'), 'awk'],
  };
}

export const dialectNames = ['mawk of 2020', "today's mawk", 'gawk --posix', 'busybox awk'] as const;

export type Dialect = (typeof dialectNames)[number];
