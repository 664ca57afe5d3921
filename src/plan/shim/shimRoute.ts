import type { Address } from '../ip/address';
import type { Cidr } from '../ip/cidr';
import type { NetworkPlan } from '../network/network';
import type { Problems } from '../argument/problem';
import type { SubnetPlan } from '../network/subnet';
import { isGateway } from '../network/subnet';
import { readAddress, readCidr } from '../ip/addressReader';
import { cidrOf, contains, containsCidr, width } from '../ip/cidr';
import { FirstSeen } from '../argument/firstSeen';
import { readList } from '../argument/reader';

/** A route to containers over the shim, with the shim's address in their subnet as its source. */
export interface ShimRoute {
  /** CIDR, also for a single address. */
  destination: string;
  /** For IPv4 only. IPv6 prefers an address of the outgoing link (RFC 6724, rule 5), and refuses a source address that is still tentative. */
  source?: string;
}

/** The addresses at both ends of a shim's routes. */
export interface ShimEnds {
  /** The shim's own. */
  readonly addresses: readonly Address[];
  /** Fixed ones of containers on the network. */
  readonly fixedAddresses: readonly Address[];
}

/**
 * Reads the routes of a shim. They lead to containers only: all other addresses keep the route that the host has. `undefined` if one is
 * not known yet, or wrong.
 */
export function readShimRoutes(
  problems: Problems,
  value: unknown,
  network: NetworkPlan,
  ends: ShimEnds,
): ShimRoute[] | undefined {
  const before = problems.count();
  const routes =
    value === undefined ? defaults(problems, network, ends) : given(problems, value, network, ends.addresses);
  return problems.count() === before ? routes : undefined;
}

/**
 * The default routes: in each subnet in which the shim has an address, the IP range and each fixed address outside of it. None where it
 * is the gateway, whose address leads to all of the subnet.
 */
function defaults(problems: Problems, network: NetworkPlan, { addresses, fixedAddresses }: ShimEnds): ShimRoute[] {
  return network.subnets.flatMap((subnet) => {
    const { block, ipRange } = subnet;
    const source = addresses.find((address) => contains(block, address));
    if (source === undefined || !subnet.isComplete || isCarried(subnet, addresses)) return [];
    const reason = ipRange === undefined ? `${block.text} has no IP range` : objection(subnet, ipRange);
    if (reason !== undefined) problems.addMessage(`must be given, as the addresses of containers, because ${reason}`);
    if (ipRange === undefined) return [];
    const outside = fixedAddresses.filter((address) => contains(block, address) && !contains(ipRange, address));
    const single = outside.map((address) => shimRoute(cidrOf(address, width(address.family)), source));
    return [shimRoute(ipRange, source), ...single];
  });
}

/** Why an IP range cannot be a default route of the shim; `undefined` if it can. */
function objection({ block, gateway }: SubnetPlan, ipRange: Cidr): string | undefined {
  if (ipRange.prefix === block.prefix) return `the IP range ${ipRange.text} is all of its subnet`;
  if (gateway !== undefined && contains(ipRange, gateway)) return `the IP range ${ipRange.text} holds the gateway`;
  return undefined;
}

function given(problems: Problems, value: unknown, network: NetworkPlan, addresses: readonly Address[]): ShimRoute[] {
  const seen = new FirstSeen();
  return [...(readList(problems, value) ?? [])].flatMap((item, index) => {
    const at = problems.at(index);
    const destination = readDestination(at, item);
    if (destination === undefined || !seen.add(at, destination.text, destination.text)) return [];
    const source = readSource(at, destination, network, addresses);
    return source === undefined ? [] : [shimRoute(destination, source)];
  });
}

function shimRoute(destination: Cidr, source: Address): ShimRoute {
  return { destination: destination.text, ...(source.family === 4 ? { source: source.text } : {}) };
}

function readDestination(problems: Problems, value: unknown): Cidr | undefined {
  if (typeof value === 'string' && value.includes('/')) return readCidr(problems, value);
  const address = readAddress(problems, value);
  return address && cidrOf(address, width(address.family));
}

/** True where the shim is the gateway of the subnet. */
function isCarried(subnet: SubnetPlan, addresses: readonly Address[]): boolean {
  return addresses.some((address) => isGateway(subnet, address));
}

/** The shim's address in the same subnet, the gateway first. To an address of another subnet, containers would answer over their gateway. */
function readSource(
  problems: Problems,
  destination: Cidr,
  network: NetworkPlan,
  addresses: readonly Address[],
): Address | undefined {
  const subnet = network.subnets.find(({ block }) => containsCidr(block, destination));
  if (subnet === undefined) {
    const blocks = network.subnets.map(({ block }) => block.text).join(' or ');
    if (network.hasAllSubnets) problems.add(`must lie inside ${blocks}`, destination.text);
    return undefined;
  }
  const { block, gateway } = subnet;
  // The router of a subnet may be the way to all of it.
  if (isCarried(subnet, addresses)) return addresses.find((address) => isGateway(subnet, address));
  if (destination.prefix === block.prefix) {
    problems.add(`must be a part of ${block.text} that only containers have`, destination.text);
  } else if (gateway !== undefined && contains(destination, gateway)) {
    problems.add(`must not hold the gateway ${gateway.text}`, destination.text);
  }
  const source = addresses.find((address) => contains(block, address));
  if (source === undefined) problems.add(`must lie in a subnet that the shim has an address in`, destination.text);
  return source;
}
