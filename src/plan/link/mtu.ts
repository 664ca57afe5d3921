import { isKnown, type Known, unknown as notKnown } from '../argument/known';
import { type Problem, Problems } from '../argument/problem';
import { readInteger, readList, readObject } from '../argument/reader';

/** Smallest IPv4 MTU (RFC 791), largest that an interface can be asked for (an IP packet's length field). */
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

/**
 * Problems of a trunk's MTUs against its parent interface's, in bytes: the kernel refuses a larger one (EINVAL;
 * vlan_dev_change_mtu). For when the parent's is known: declared, as a VLAN of another trunk, or seen on the host.
 */
export function checkMtu(spec: unknown, parentMtu: Known<number>): Problem[] {
  const problems = new Problems();
  if (!isKnown(parentMtu)) return [];
  const quiet = new Problems();
  const vlans = readList(quiet, readObject(quiet, spec)?.vlans) ?? [];
  [...vlans].forEach((vlan, index) => {
    const mtu = readObject(quiet, vlan)?.mtu;
    if (typeof mtu !== 'number' || !(mtu > parentMtu)) return;
    problems.at('vlans').at(index).at('mtu').add(`must be at most ${parentMtu}, the parent interface's`, mtu);
  });
  return problems.list;
}
