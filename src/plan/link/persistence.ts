import type { Problems } from '../argument/problem';
import { readChoice } from '../argument/reader';

/** How links come back after a reboot: by a systemd unit of this package, or not at all. */
export type Persistence = 'unit' | 'none';

const persistences: readonly Persistence[] = ['unit', 'none'];

export function readPersistence(problems: Problems, value: unknown): Persistence | undefined {
  return readChoice(problems, value, persistences);
}
