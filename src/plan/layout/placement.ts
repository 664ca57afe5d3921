import type { Address, Family } from '../ip/address';
import type { Cidr } from '../ip/cidr';
import type { ContainerSpec } from '../container/container';
import { isPlan, type NetworkPlan } from '../network/network';
import type { SubnetPlan } from '../network/subnet';
import { contains } from '../ip/cidr';
import { readFixedAddress } from '../container/container';
import { Problems } from '../argument/problem';
import { readList, readObject } from '../argument/reader';

/** Names for the paths of problems, in the order of what they name; without them its number stands there. */
export interface HostNames {
  readonly host: string;
  readonly networks: readonly string[];
  readonly containers: readonly string[];
}

/** The networks of one host and what is attached to them, read once for all checks across networks. */
export interface HostPlan {
  readonly networks: readonly NetworkPlan[];
  readonly placements: readonly Placement[];
  readonly containerNames: readonly ContainerName[];
  readonly names?: HostNames;
}

/** The name that a container is to have for Docker. */
export interface ContainerName {
  readonly name: string;
  /** Below the host: `containers.web.name`. */
  readonly path: string;
}

/** An address that a container keeps, and the subnet it lies in. */
export interface FixedAddress {
  readonly address: Address;
  readonly block: Cidr;
  /** Below the host: `containers[1].attachments[0].ipv4Address`. */
  readonly path: string;
}

/** One attachment of one container: its fixed addresses, and where Docker hands one out. */
export interface Placement {
  readonly network: NetworkPlan;
  readonly fixed: readonly FixedAddress[];
  readonly handedOut: readonly Family[];
}

const families = [
  { family: 4, key: 'ipv4Address' },
  { family: 6, key: 'ipv6Address' },
] as const;

/** Reads the attachments of a host. What is wrong with one by itself, or not known yet, is left out here. */
export function planHost(
  networks: readonly NetworkPlan[],
  containers: readonly ContainerSpec[],
  names?: HostNames,
): HostPlan {
  const quiet = new Problems();
  const at = (index: number): Problems => quiet.at('containers').at(names?.containers[index] ?? index);
  const placements = containers.flatMap((container, index) => {
    const list = at(index).at('attachments');
    const attachments = readList(quiet, readObject(quiet, container)?.attachments) ?? [];
    return [...attachments]
      .map((attachment, position) => readPlacement(list.at(position), attachment))
      .filter((placement) => placement !== undefined);
  });
  const containerNames = containers.flatMap((container, index) => {
    const name = readObject(quiet, container)?.name;
    return typeof name === 'string' ? [{ name, path: at(index).at('name').path }] : [];
  });
  return { networks, placements, containerNames, ...(names === undefined ? {} : { names }) };
}

/** Where a host's own problems begin: at the root for a single host, else `hosts.n1`. */
export function problemsOf(host: HostPlan, problems = new Problems()): Problems {
  return host.names === undefined ? problems : problems.at('hosts').at(host.names.host);
}

/** Steps into one network of a host, by its name where it has one. */
export function atNetwork(problems: Problems, { names }: HostPlan, index: number): Problems {
  return problems.at('networks').at(names?.networks[index] ?? index);
}

function readPlacement(quiet: Problems, value: unknown): Placement | undefined {
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
  return { network, fixed, handedOut };
}

/** Placements by network. */
export function byNetwork(all: readonly Placement[]): Map<NetworkPlan, Placement[]> {
  const groups = new Map<NetworkPlan, Placement[]>();
  for (const placement of all) {
    const group = groups.get(placement.network);
    if (group === undefined) groups.set(placement.network, [placement]);
    else group.push(placement);
  }
  return groups;
}

/** Whether an Engine may hand out addresses of a subnet, to what is attached to its network. */
export function handsOut({ isWhole, block }: SubnetPlan, attached: readonly Placement[]): boolean {
  return isWhole && attached.some(({ handedOut }) => handedOut.includes(block.family));
}

/** What an Engine hands out of a subnet, where it does. */
export function rangeOf({ ipRange, block }: SubnetPlan): Cidr {
  return ipRange ?? block;
}
