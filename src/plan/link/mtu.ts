import { type Known, unknown as notKnown } from '../argument/known';
import type { Problems } from '../argument/problem';
import { readInteger } from '../argument/reader';

/** Smallest MTU of IPv4 (RFC 791), and the largest that can be set (the length field of an IP packet). */
const smallestMtu = 68;
const largestMtu = 65535;
/** RFC 8200, section 5. The kernel switches IPv6 off on a link below it. */
const smallestIpv6Mtu = 1280;

/** Reads a link's MTU in bytes. The host's script compares it with the parent interface's. */
export function readMtu(problems: Problems, value: unknown, hasIpv6: boolean): Known<number> | undefined {
  if (value === notKnown) return notKnown;
  const mtu = readInteger(problems, value, smallestMtu, largestMtu);
  if (mtu !== undefined && hasIpv6 && mtu < smallestIpv6Mtu) {
    problems.add(`must be at least ${smallestIpv6Mtu} where the VLAN has an IPv6 address (RFC 8200)`, mtu);
  }
  return mtu;
}

/** A VLAN's MTU is at most its parent interface's, in bytes: the kernel refuses a larger one (EINVAL; vlan_dev_change_mtu). */
export function checkMtu(problems: Problems, mtu: number, parentMtu: number, whose: string): void {
  if (mtu > parentMtu) problems.add(`must be at most ${parentMtu}, ${whose}`, mtu);
}
