import type { Problems } from '../plan/argument/problem';
import { optional, readString } from '../plan/argument/reader';
import { isLate } from './knownNow';
import { requirePlain } from './requirement';

/**
 * Checks `physicalNetwork` of a component.
 * @param settled - why it must be left out, where the parent interface has one already, or there is none.
 */
export function requirePhysicalNetwork(
  problems: Problems,
  { physicalNetwork }: { readonly physicalNetwork?: unknown },
  settled: string | false,
): void {
  requirePlain(problems, physicalNetwork);
  if (physicalNetwork === undefined || isLate(physicalNetwork)) return;
  const label = optional(physicalNetwork, (given) => readString(problems, given));
  if (label !== undefined && settled !== false) problems.add(`must be left out: ${settled}`, label);
}
