import type { Problem } from '../argument/problem';
import { readAddress, readCidr } from '../ip/addressReader';
import { contains } from '../ip/cidr';
import { shareOf } from '../ip/share';
import { FirstSeen } from '../argument/firstSeen';
import { formatProblems, Problems } from '../argument/problem';
import { optional, readInteger, readList, readObject, readString } from '../argument/reader';
import { dockerEdgeName } from '../network/subnet';

/** A subnet of one VLAN that the networks of several hosts share. */
export interface AddressPlanArgs {
  /** CIDR without host bits: `192.168.14.0/24`, `2001:db8:14::/64`. */
  subnet: string;
  /** Names of the hosts, each once. Their order decides which host gets which share: append a new host at the end. */
  hosts: readonly string[];
  /** Further addresses, besides gateways, that no host's Docker may hand out. Default: none. */
  reserved?: readonly string[];
  /** The largest number of hosts expected, 1 to 65535: up to it, a new host changes no share of another. Default: the number of hosts. */
  hostLimit?: number;
}

/** One host's share of a subnet: arguments for the subnet of its network. */
export interface AddressShare {
  /** Name of the host, as in {@link AddressPlanArgs.hosts}. */
  host: string;
  /** CIDR: the part of the subnet that this host's Docker hands out. */
  ipRange: string;
  /** The reserved addresses inside the share, each under the name `reserved-<address>`. */
  auxiliaryAddresses: Record<string, string>;
}

/** The largest number of hosts that a subnet can be split for. */
const mostHosts = 65535;

/** All problems of an address plan; empty if there is none. */
export function checkAddressPlan(spec: AddressPlanArgs): Problem[] {
  const problems = new Problems();
  readAddressPlan(problems, spec);
  return problems.list;
}

/**
 * Splits a subnet among hosts, because each Docker hands out addresses without knowledge of the others: one share for each host, in the
 * order of `hosts`. The shares are equal, and as many as the next power of two above the number of hosts. The first one belongs to no
 * host: it is for the gateway and fixed addresses. Throws an `Error` with all problems of the arguments, also where the subnet is too small.
 */
export function planAddresses(spec: AddressPlanArgs): AddressShare[] {
  const problems = new Problems();
  const shares = readAddressPlan(problems, spec);
  for (const path of problems.skipped) problems.list.push({ path, message: 'must be known to plan addresses' });
  if (problems.list.length > 0) throw new Error(formatProblems('address plan', problems.list));
  return shares;
}

function readAddressPlan(problems: Problems, value: unknown): AddressShare[] {
  const spec = readObject(problems, value);
  if (spec === undefined) return [];
  const subnet = readCidr(problems.at('subnet'), spec.subnet);
  const hosts = readHosts(problems.at('hosts'), spec.hosts);
  const limit = optional(spec.hostLimit, (given) => readInteger(problems.at('hostLimit'), given, 1, mostHosts));
  if (limit !== undefined && limit < hosts.length) {
    problems.at('hostLimit').add(`must be at least the number of hosts, ${hosts.length}`, limit);
  }
  const list = problems.at('reserved');
  const reserved = [...(optional(spec.reserved, (given) => readList(list, given)) ?? [])].flatMap((item, index) => {
    const address = readAddress(list.at(index), item);
    if (address === undefined || subnet === undefined) return [];
    if (!contains(subnet, address)) list.at(index).add(`must be an address of ${subnet.text}`, address.text);
    // Docker hands out no edge of a subnet, and refuses it as an auxiliary address.
    return dockerEdgeName(subnet, address) === undefined ? [address] : [];
  });
  if (subnet === undefined) return [];
  return hosts.flatMap((host, index) => {
    const share = shareOf(subnet, Math.max(hosts.length, limit ?? 1), index);
    const inside = reserved.filter((address) => share !== undefined && contains(share, address));
    // The broadcast address of an IPv4 subnet lies in its last share, so a share needs two addresses to hold a container.
    if (share === undefined || share.last - share.first < BigInt(inside.length) + 1n) {
      problems.at('subnet').add(`must have room for a share of host ${JSON.stringify(host)}`, subnet.text);
      return [];
    }
    const names = inside.map(({ text }) => [`reserved-${text}`, text] as const);
    return [{ host, ipRange: share.text, auxiliaryAddresses: Object.fromEntries(names) }];
  });
}

function readHosts(problems: Problems, value: unknown): string[] {
  const seen = new FirstSeen();
  return [...(readList(problems, value) ?? [])].flatMap((item, index) => {
    const host = readString(problems.at(index), item);
    if (host === undefined) return [];
    seen.add(problems.at(index), host, JSON.stringify(host));
    return [host];
  });
}
