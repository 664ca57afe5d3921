import type { Problems } from '../argument/problem';
import { readPattern } from '../argument/reader';

/** Bytes that a Linux interface name may hold: IFNAMSIZ of <linux/if.h>, less the closing NUL. */
export const longestInterfaceName = 15;
export const firstVlanId = 1;
/** IEEE 802.1Q keeps 0 for priority tags and 4095 for itself. */
export const lastVlanId = 4094;

/*
 * Narrower than Linux, which accepts any byte except '/', ':' and white space. These names become arguments of a script that runs as
 * root, so characters with a meaning to a shell, and a leading '-', are refused.
 */
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** `net.ipv4.conf.all` and `.default` hold the settings of all interfaces: a link of that name could have none of its own. */
const takenBySysctl: readonly string[] = ['all', 'default'];

/** `<parent>.<VLAN ID>`, the name that Linux tools and Docker give a subinterface (802.1ad too). */
export function defaultInterfaceName(parentInterface: string, vlanId: number): string {
  return `${parentInterface}.${vlanId}`;
}

/** The number that Docker reads as a VLAN ID from a parent's name, `50` for `eth0.50`; `undefined` without a dot. */
export function vlanIdOfName(name: string): number | undefined {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : Number(name.slice(dot + 1));
}

/**
 * Reads the name of an interface that may become a Docker network's parent: as `readLinkName`, and each dot must be followed by a VLAN
 * ID, as in `eth0.50`, because Docker reads what follows a dot as one (macvlan documentation).
 */
export function readInterfaceName(problems: Problems, value: unknown): string | undefined {
  const name = readLinkName(problems, value);
  if (name === undefined) return undefined;
  const [, ...ids] = name.split('.');
  if (ids.some((id) => !/^[0-9]+$/.test(id) || Number(id) < firstVlanId || Number(id) > lastVlanId)) {
    problems.add(`must have a VLAN ID from ${firstVlanId} to ${lastVlanId} after each dot, like eth0.50`, name);
    return undefined;
  }
  return name;
}

/** Reads the name of a link: 1 to 15 bytes of letters, digits, '.', '_' and '-', a letter or digit first. */
export function readLinkName(problems: Problems, value: unknown): string | undefined {
  const expected = "must be an interface name of letters, digits, '.', '_' and '-', a letter or digit first";
  const name = readPattern(problems, value, namePattern, expected);
  if (name === undefined) return undefined;
  if (!fits(name)) {
    problems.add(`must be at most ${longestInterfaceName} bytes`, name);
    return undefined;
  }
  if (takenBySysctl.includes(name)) {
    problems.add(`must not be the name of a kernel setting`, name);
    return undefined;
  }
  return name;
}

/** True for a name of at most 15 bytes. The name must have passed the allow-list, in which each character is one byte. */
export function fits(name: string): boolean {
  return name.length <= longestInterfaceName;
}
