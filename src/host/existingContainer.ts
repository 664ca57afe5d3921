import type { ForeignContainer } from '../plan/layout/foreignContainer';
import { parseArray, textOf } from './factArray';

/** A Docker container that a host has, running or not. */
export interface ExistingContainer extends ForeignContainer {
  /** The value of `ownerLabel`; empty for a container that this package did not make. */
  readonly owner: string;
}

/** Reads a `container` fact of probe.sh: a JSON array in the order of its template. `undefined` for anything else. */
export function readExistingContainer(fact: string): ExistingContainer | undefined {
  const [names, image, owner, project] = parseArray(fact);
  if (typeof names !== 'string' || typeof image !== 'string') return undefined;
  // Docker adds the names by which linked containers know it, as "other/alias".
  const name = names.split(',').find((one) => !one.includes('/'));
  return name === undefined ? undefined : { name, image, owner: textOf(owner) ?? '', project: textOf(project) };
}
