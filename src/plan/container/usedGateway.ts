import { type Address, parseAddress } from '../ip/address';
import { contains } from '../ip/cidr';
import type { NetworkPlan } from '../network/network';
import { isInternal, isRouted } from '../network/route';

/** The addresses that Docker has given a container on one network. */
export interface GivenAddresses {
  /** Docker's name of the network. */
  readonly network: string;
  readonly addresses: readonly string[];
}

/** A gateway that a container must be able to reach without a router. */
export interface UsedGateway {
  /** Docker's name of the network. */
  readonly name: string;
  readonly network: NetworkPlan;
  readonly address: Address;
}

/**
 * The gateways of a container's macvlan and ipvlan networks, those in whose subnets it has an address. None of a network that uses none: an internal
 * one, and ipvlan l3 and l3s.
 * @param networks - those that it is attached to.
 */
export function usedGateways(networks: readonly NetworkPlan[], given: readonly GivenAddresses[]): UsedGateway[] {
  return networks.flatMap((network) => {
    const { name, ordinary, subnets } = network;
    if (name === undefined || ordinary !== undefined || isInternal(network) || isRouted(network)) return [];
    const own = given
      .filter((one) => one.network === name)
      .flatMap(({ addresses }) => addresses.flatMap((text) => parseAddress(text) ?? []));
    return subnets.flatMap(({ block, gateway: address }) =>
      address !== undefined && own.some((one) => contains(block, one)) ? [{ name, network, address }] : [],
    );
  });
}
