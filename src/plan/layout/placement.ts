import type { Address, Family } from '../ip/address';
import type { Cidr } from '../ip/cidr';
import type { ContainerSpec } from '../container/container';
import { isPlan, type NetworkPlan } from '../network/network';
import type { SubnetPlan } from '../network/subnet';
import { contains } from '../ip/cidr';
import { readFixedAddress } from '../container/container';
import { derived, readMacAddress } from '../container/macAddress';
import { ForeignAddresses } from './foreignAddress';
import { Problems } from '../argument/problem';
import { optional, readList, readObject } from '../argument/reader';

/** Names that the paths of problems show in place of indexes, each list in the order of the networks or containers. */
export interface HostNames {
  readonly host: string;
  readonly networks: readonly string[];
  readonly containers: readonly string[];
}

/** The networks of one host and the containers on them, read once for all checks across networks. */
export interface HostPlan {
  readonly networks: readonly NetworkPlan[];
  readonly placements: readonly Placement[];
  readonly containerNames: readonly ContainerName[];
  readonly macAddresses: readonly GivenMac[];
  /** What containers of others have on the host, as far as it has been asked. */
  readonly foreign: ForeignAddresses;
  readonly names?: HostNames;
}

/** Docker's name of a container that the program declares. */
export interface ContainerName {
  readonly name: string;
  /** Path within the host: `containers.web.name`. */
  readonly path: string;
}

/** The MAC address that an attachment was given. */
export interface GivenMac {
  readonly text: string;
  /** Path within the host: `containers.web.attachments[0].macAddress`. */
  readonly path: string;
}

/** A fixed address of a container, and the subnet that contains it. */
export interface FixedAddress {
  readonly address: Address;
  readonly block: Cidr;
  /** Path within the host: `containers[1].attachments[0].ipv4Address`. */
  readonly path: string;
}

/** One attachment of one container: its fixed addresses, and the families in which Docker hands one out. */
export interface Placement {
  /** Docker's name of the container; `undefined` while it is not known. */
  readonly container: string | undefined;
  readonly network: NetworkPlan;
  readonly fixed: readonly FixedAddress[];
  readonly handedOut: readonly Family[];
}

const families = [
  { family: 4, key: 'ipv4Address' },
  { family: 6, key: 'ipv6Address' },
] as const;

/** Reads the attachments of a host. Values that are wrong or not known yet are left out; the containers' own checks report them. */
export function planHost(
  networks: readonly NetworkPlan[],
  containers: readonly ContainerSpec[],
  names?: HostNames,
  foreign = new ForeignAddresses(),
): HostPlan {
  const quiet = new Problems();
  const at = (index: number): Problems => quiet.at('containers').at(names?.containers[index] ?? index);
  const attachments = containers.flatMap((container, index) => {
    const list = at(index).at('attachments');
    const { attachments, name } = readObject(quiet, container) ?? {};
    const seen = new Set<unknown>();
    return [...(readList(quiet, attachments) ?? [])]
      .map((attachment, position) => ({ at: list.at(position), attachment, name }))
      .filter(({ attachment }) => isOnAnother(seen, attachment));
  });
  const placements = attachments.flatMap((one) => readPlacement(one.at, one.attachment, one.name) ?? []);
  const macAddresses = attachments.flatMap((one) => readGivenMac(one.at.at('macAddress'), one.attachment) ?? []);
  const containerNames = containers.flatMap((container, index) => {
    const name = readObject(quiet, container)?.name;
    return typeof name === 'string' ? [{ name, path: at(index).at('name').path }] : [];
  });
  return { networks, placements, containerNames, macAddresses, foreign, ...(names === undefined ? {} : { names }) };
}

/** The collector for problems of a host: at the path `hosts.<name>`, or at the root if the host has no name. */
export function problemsOf(host: HostPlan, problems = new Problems()): Problems {
  return host.names === undefined ? problems : problems.at('hosts').at(host.names.host);
}

/** The collector for problems of one network of a host, by the network's name or else its index. */
export function atNetwork(problems: Problems, { names }: HostPlan, index: number): Problems {
  return problems.at('networks').at(names?.networks[index] ?? index);
}

/** False for a second attachment to a network: that is reported, so no other problem of it is. */
function isOnAnother(seen: Set<unknown>, attachment: unknown): boolean {
  const network = readObject(new Problems(), attachment)?.network;
  if (!isPlan(network)) return true;
  if (seen.has(network) || seen.has(network.name)) return false;
  seen.add(network);
  if (network.name !== undefined) seen.add(network.name);
  return true;
}

function readPlacement(quiet: Problems, value: unknown, name: unknown): Placement | undefined {
  const { path } = quiet;
  const attachment = readObject(quiet, value);
  const network = attachment?.network;
  if (attachment === undefined || !isPlan(network)) return undefined;
  const fixed: FixedAddress[] = [];
  const handedOut: Family[] = [];
  for (const { family, key } of families) {
    const address = readFixedAddress(quiet, attachment[key], network, family);
    const block = address && network.subnets.find((subnet) => contains(subnet.block, address))?.block;
    if (address !== undefined && block !== undefined) fixed.push({ address, block, path: `${path}.${key}` });
    const hasSubnet = network.subnets.some((subnet) => subnet.block.family === family);
    if (attachment[key] === undefined && hasSubnet) handedOut.push(family);
  }
  const container = typeof name === 'string' ? name : undefined;
  return { container, network, fixed, handedOut };
}

function readGivenMac(quiet: Problems, value: unknown): GivenMac | undefined {
  const given = readObject(quiet, value);
  const network = isPlan(given?.network) ? given.network : undefined;
  const text = optional(given?.macAddress, (mac) => readMacAddress(quiet, mac, network));
  return text === undefined || text === derived ? undefined : { text, path: quiet.path };
}

/** Groups placements by network. */
export function byNetwork(all: readonly Placement[]): Map<NetworkPlan, Placement[]> {
  const groups = new Map<NetworkPlan, Placement[]>();
  for (const placement of all) {
    const group = groups.get(placement.network);
    if (group === undefined) groups.set(placement.network, [placement]);
    else group.push(placement);
  }
  return groups;
}

/** True if a container on the network gets an address of this subnet's family from the Engine. */
export function handsOut({ isComplete, block }: SubnetPlan, attached: readonly Placement[]): boolean {
  return isComplete && attached.some(({ handedOut }) => handedOut.includes(block.family));
}

/** The part of a subnet from which the Engine hands out addresses. */
export function rangeOf({ ipRange, block }: SubnetPlan): Cidr {
  return ipRange ?? block;
}
