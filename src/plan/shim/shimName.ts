import type { Problems } from '../argument/problem';
import { fits, longestInterfaceName, readLinkName } from '../link/interfaceName';

/** Length of the checksum that replaces the beginning of a long parent's name in a shim's name. */
const checksumLength = 6;

/** Reads the name of a shim. It is never the parent of a Docker network, so the dot of `eth0.50-shim` needs no VLAN ID after it. */
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
 * The default name of a shim: `eth0.50-shim`, or `enp130s0.100-s` if that is longer than 15 bytes. For a parent of 14 or 15 bytes it is the
 * end of the parent's name and a checksum, `0.1000-1x9k3b_s`. The different endings keep names of the three forms from being equal.
 */
export function defaultShimName(parentInterface: string): string {
  const names = [`${parentInterface}-shim`, `${parentInterface}-s`];
  return names.find(fits) ?? `${tailOf(parentInterface)}-${checksum(parentInterface)}_s`;
}

/** The end of a name, beginning with a letter or digit, as a link's name must; `shim` if there is none. */
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
