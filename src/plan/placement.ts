import type { Address, Family } from './address';
import type { Cidr } from './cidr';
import type { ContainerSpec } from './container';
import type { NetworkPlan } from './network';
import { contains } from './cidr';
import { isPlan, readFixedAddress } from './container';
import { Problems } from './problem';
import { readList, readObject } from './reader';

/** The networks of one host and the containers on them, as the checks across networks take them. */
export interface HostPlan {
  readonly networks: readonly NetworkPlan[];
  readonly containers: readonly ContainerSpec[];
}

/** An address that a container keeps, and the subnet it lies in. */
export interface FixedAddress {
  readonly address: Address;
  readonly block: Cidr;
  readonly path: string;
}

/** One attachment of one container: its fixed addresses, and where Docker hands one out. */
export interface Placement {
  readonly path: string;
  readonly network: NetworkPlan;
  readonly fixed: readonly FixedAddress[];
  readonly handedOut: readonly Family[];
}

const families = [
  { family: 4, key: 'ipv4Address' },
  { family: 6, key: 'ipv6Address' },
] as const;

/** All attachments of a host. What is wrong with one by itself, or not known yet, is left out here. */
export function placements(root: Problems, host: HostPlan): Placement[] {
  return host.containers.flatMap((container, index) => {
    const list = root.at('containers').at(index).at('attachments');
    const attachments = readList(new Problems(), readObject(new Problems(), container)?.attachments) ?? [];
    return [...attachments]
      .map((attachment, position) => readPlacement(list.at(position).path, attachment))
      .filter((placement) => placement !== undefined);
  });
}

function readPlacement(path: string, value: unknown): Placement | undefined {
  const attachment = readObject(new Problems(), value);
  const network = attachment?.network;
  if (attachment === undefined || !isPlan(network)) return undefined;
  const fixed: FixedAddress[] = [];
  const handedOut: Family[] = [];
  for (const { family, key } of families) {
    const address = readFixedAddress(new Problems(), attachment[key], network, family);
    const block = address && network.subnets.find((subnet) => contains(subnet.block, address))?.block;
    if (address !== undefined && block !== undefined) fixed.push({ address, block, path: `${path}.${key}` });
    const hasSubnet = network.subnets.some((subnet) => subnet.block.family === family);
    if (attachment[key] === undefined && hasSubnet) handedOut.push(family);
  }
  return { path, network, fixed, handedOut };
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
