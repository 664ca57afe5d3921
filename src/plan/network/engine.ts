import type { Address } from '../ip/address';
import type { NetworkPlan } from './network';
import type { SubnetPlan } from './subnet';
import { sameAddress } from '../ip/address';
import { engine, type EngineVersion, isAtLeast } from './engineVersion';
import { isInternal, isRouted } from './route';
import { heldBackAddress } from './subnet';

/** The oldest Docker Engine this package works with. */
export const oldestEngine = engine(26);
/** Macvlan networks that share a parent. */
const engineWithSharedParent = engine(27);
/** Networks without IPv4. And since this one, internal, l3 and l3s networks reserve no address as a gateway. */
const engineWithoutIpv4 = engine(28);
/** A network of these drivers for which no gateway is set has none. Earlier Engines choose one. */
const engineWithoutInvention = engine(29);

/** Tells the neighbours of a container where its addresses are now (moby 28.0; seen with 28.5.2 and 29.7.2, and not with 26.1.5). */
const engineThatAnnounces = engine(28);

/** True for an Engine that does so itself. */
export function announcesAddresses(version: EngineVersion): boolean {
  return isAtLeast(version, engineThatAnnounces);
}

/** The oldest Engine that can make a network with these arguments (Docker's release notes). */
export function minimumEngine(network: NetworkPlan): EngineVersion {
  const { subnets } = network;
  const withoutGateway = subnets.filter(({ gateway }) => gateway === undefined);
  if (!usesNoGateway(network) && withoutGateway.length > 0) return engineWithoutInvention;
  if (!subnets.some(({ block }) => block.family === 4)) return engineWithoutIpv4;
  // Engines up to 27 reserve an address as a gateway; a subnet without a spare address needs one that does not.
  return withoutGateway.some((subnet) => heldBackAddress(subnet) === undefined) ? engineWithoutIpv4 : oldestEngine;
}

/** The oldest Engine that these networks of one host need together. */
export function sharedParentEngine(networks: readonly Pick<NetworkPlan, 'parentInterface'>[]): EngineVersion {
  const parents = networks.flatMap(({ parentInterface }) => parentInterface ?? []);
  return new Set(parents).size < parents.length ? engineWithSharedParent : oldestEngine;
}

/** True for a network whose driver ignores any gateway that is set. */
export function usesNoGateway(network: NetworkPlan): boolean {
  return isInternal(network) || isRouted(network);
}

/**
 * True for an address that one of the Engines that the network works with reserves as a gateway. False while any part of the network is
 * not known, since the minimum Engine depends on it.
 */
export function isHeldBack(network: NetworkPlan, subnet: SubnetPlan, address: Address): boolean {
  if (!network.isComplete) return false;
  const held = heldBackAddress(subnet);
  return held !== undefined && sameAddress(held, address) && !isAtLeast(minimumEngine(network), engineWithoutIpv4);
}
