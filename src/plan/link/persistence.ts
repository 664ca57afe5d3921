import type { Problems } from '../argument/problem';
import { readChoice } from '../argument/reader';

/** How links come back after a reboot: by a systemd unit of this package; VLANs by a network manager and the rest by that unit; or not at all. */
export type Persistence = 'unit' | 'networkd' | 'networkmanager' | 'none';

const persistences: readonly Persistence[] = ['unit', 'networkd', 'networkmanager', 'none'];

export function readPersistence(problems: Problems, value: unknown): Persistence | undefined {
  return readChoice(problems, value, persistences);
}
