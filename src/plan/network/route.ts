import type { Family } from '../ip/address';
import type { NetworkPlan } from './network';

export const families = [4, 6] as const;

/** True for ipvlan l3 and l3s: the kernel routes, and the default route needs no gateway. */
export function isRouted(network: Pick<NetworkPlan, 'mode'>): boolean {
  return network.mode === 'l3' || network.mode === 'l3s';
}

/** True for a network that gives its containers no default route, on any Engine. */
export function isInternal(network: NetworkPlan): boolean {
  if (network.ordinary !== undefined) return network.ordinary.defaultRoutes.length === 0;
  if (network.internal || !network.hasParent) return true;
  return !isRouted(network) && network.subnets.every(({ gateway }) => gateway === undefined);
}

/** True for a network that offers a default route of this family. False while any part of the network is not known. */
export function offersDefaultRoute(network: NetworkPlan, family: Family): boolean {
  if (network.ordinary !== undefined) return network.ordinary.defaultRoutes.includes(family);
  if (!network.isComplete || isInternal(network)) return false;
  const subnets = network.subnets.filter(({ block }) => block.family === family);
  return isRouted(network) ? subnets.length > 0 : subnets.some(({ gateway }) => gateway !== undefined);
}

/**
 * True for a network with a gateway in the other family, whose subnets of this family all have the gateway `none`. It needs Engine 29,
 * which treats it as a network that gives a default route of both families.
 */
export function withholdsDefaultRoute(network: NetworkPlan, family: Family): boolean {
  if (
    network.ordinary !== undefined ||
    !network.isComplete ||
    isInternal(network) ||
    offersDefaultRoute(network, family)
  )
    return false;
  return network.subnets.some(({ block }) => block.family === family);
}
