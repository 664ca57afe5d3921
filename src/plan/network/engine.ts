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
/** Networks without IPv4; and no address held back as a gateway for internal, l3 and l3s networks. */
const engineWithoutIpv4 = engine(28);
/** No gateway invented for any network of these drivers. */
const engineWithoutInvention = engine(29);

/** The oldest Engine that gives what a network declares (its release notes say since when). */
export function minimumEngine(network: NetworkPlan): EngineVersion {
  const { subnets } = network;
  const withoutGateway = subnets.filter(({ gateway }) => gateway === undefined);
  if (!usesNoGateway(network) && withoutGateway.length > 0) return engineWithoutInvention;
  if (!subnets.some(({ block }) => block.family === 4)) return engineWithoutIpv4;
  // Where there is none to spare for a gateway that nobody wants, the Engine must be one that takes none.
  return withoutGateway.some((subnet) => heldBackAddress(subnet) === undefined) ? engineWithoutIpv4 : oldestEngine;
}

/** The oldest Engine that these networks of one host need together. */
export function sharedParentEngine(networks: readonly Pick<NetworkPlan, 'parentInterface'>[]): EngineVersion {
  const parents = networks.flatMap(({ parentInterface }) => parentInterface ?? []);
  return new Set(parents).size < parents.length ? engineWithSharedParent : oldestEngine;
}

/** True for a network whose driver does not look at a gateway, whichever is declared. */
export function usesNoGateway(network: NetworkPlan): boolean {
  return isInternal(network) || isRouted(network);
}

/**
 * True for an address that an Engine which is allowed to have the network holds back as a gateway. False while anything
 * of the network is not known, since that decides which Engines may have it.
 */
export function isHeldBack(network: NetworkPlan, subnet: SubnetPlan, address: Address): boolean {
  if (!network.isWhole) return false;
  const held = heldBackAddress(subnet);
  return held !== undefined && sameAddress(held, address) && !isAtLeast(minimumEngine(network), engineWithoutIpv4);
}
