import { type Address, sameAddress } from '../ip/address';
import type { NetworkPlan } from '../network/network';
import type { PlacedHost } from './switchedNetwork';

/**
 * True if the program itself gives this address to a machine of the network's VLAN: to a host, on a link or a shim, or to a container. What is on the
 * way to it may then be made after what asks for it.
 * @param hosts - all hosts of the program, the one of the network among them.
 */
export function isOfProgram(hosts: readonly PlacedHost[], network: NetworkPlan, address: Address): boolean {
  const at = hosts.flatMap(({ places }) => places.networks).find((one) => one.network === network);
  if (at === undefined) return false;
  const isThere = ({ label, vlan }: { label: string; vlan: string }) => label === at.label && vlan === at.vlan;
  return hosts.some(({ plan, places }) => {
    if (places.own.some((one) => isThere(one) && sameAddress(one.address, address))) return true;
    const networks = new Set(places.networks.filter(isThere).map((one) => one.network));
    return plan.placements.some(
      (one) => networks.has(one.network) && one.fixed.some((fixed) => sameAddress(fixed.address, address)),
    );
  });
}
