import type { NetworkPlan } from '../network/network';
import type { TakenAddress } from '../network/networkReference';
import type { HostPlan } from './placement';

/** The fixed addresses of containers on a network of a host, sorted, each once. */
export function fixedAddressesOn(host: HostPlan, network: NetworkPlan): string[] {
  const fixed = host.placements.filter((placement) => placement.network === network).flatMap((one) => one.fixed);
  const sorted = fixed.map(({ address }) => address).sort((a, b) => (a.value < b.value ? -1 : 1));
  return [...new Set(sorted.map(({ text }) => text))];
}

/** The same with the containers' names, for a stack output: its order does not depend on that of the program. */
export function takenOn(host: HostPlan, network: NetworkPlan): TakenAddress[] {
  const placements = host.placements.filter((placement) => placement.network === network);
  const taken = placements.flatMap(({ container, fixed }) =>
    container === undefined ? [] : fixed.map(({ address }) => ({ address, container })),
  );
  taken.sort((a, b) => a.address.family - b.address.family || (a.address.value < b.address.value ? -1 : 1));
  return taken.map(({ address, container }) => ({ address: address.text, container }));
}
