import type { Problems } from '../argument/problem';
import { fits, longestInterfaceName, readLinkName } from '../link/interfaceName';

/** Digits of the checksum of a parent's name, in a shim's name that has no room for all of the parent's. */
const checksumLength = 6;

/** Reads the name of a shim. Docker does not read it, so that the dot of `eth0.50-shim` needs no VLAN ID behind it. */
export function readShimName(
  problems: Problems,
  value: unknown,
  parentInterface: string | undefined,
): string | undefined {
  if (value === undefined) return parentInterface === undefined ? undefined : defaultShimName(parentInterface);
  const name = readLinkName(problems, value);
  if (name === undefined || name !== parentInterface) return name;
  problems.add("must differ from the parent interface's name", name);
  return undefined;
}

/**
 * The name of a shim for which none was given: `eth0.50-shim`; `enp130s0.100-s` where that is longer than 15 bytes; and for parents
 * of 14 and 15 bytes their end and a checksum, `0.1000-1x9k3b_s`. The endings keep the three forms apart.
 */
export function defaultShimName(parentInterface: string): string {
  const names = [`${parentInterface}-shim`, `${parentInterface}-s`];
  return names.find(fits) ?? `${tailOf(parentInterface)}-${checksum(parentInterface)}_s`;
}

/** A link's name begins with a letter or digit; there may be none at the end of a parent's. */
function tailOf(name: string): string {
  const room = longestInterfaceName - checksumLength - '-_s'.length;
  const tail = name.slice(-room).replace(/^[^A-Za-z0-9]+/, '');
  return tail === '' ? 'shim' : tail;
}

/** FNV-1a of 32 bits, in base 36. */
function checksum(name: string): string {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36).padStart(checksumLength, '0').slice(-checksumLength);
}
