import type { Problems } from '../argument/problem';
import { readInteger } from '../argument/reader';

/** For how many seconds a change waits for its confirmation over a new connection, before the host takes it back. The host script has the same. */
export const defaultConfirmTimeout = 60;

/** Below, a slow host would take back what is right; above, a host that is cut off stays so for too long. */
export function readConfirmTimeout(problems: Problems, value: unknown): number | undefined {
  return readInteger(problems, value, 10, 600);
}
