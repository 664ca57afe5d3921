import type { Address } from '../ip/address';
import type { Cidr } from '../ip/cidr';
import type { HostPlan } from './placement';
import { isHeldBack } from '../network/engine';
import { dockerEdgeName, heldBackAddress } from '../network/subnet';

/**
 * Addresses of one host that Docker cannot hand out: edges, gateways, auxiliary and fixed addresses, and those of
 * containers of others. Networks with the same subnet share
 * its addresses, so an address that one of them reserves is not free in the other's range either.
 */
export class TakenAddresses {
  /** By subnet, sorted, each once. */
  readonly #taken = new Map<string, readonly bigint[]>();

  constructor({ networks, placements, foreign }: HostPlan) {
    const taken = new Map<string, Set<bigint>>();
    const add = (block: Cidr, addresses: Iterable<Pick<Address, 'value'>>): void => {
      const values = taken.get(block.text) ?? new Set();
      taken.set(block.text, values);
      for (const { value } of addresses) values.add(value);
    };
    for (const network of networks) {
      for (const subnet of network.subnets) {
        const { block, gateway, auxiliaryAddresses } = subnet;
        const held = heldBackAddress(subnet);
        add(block, auxiliaryAddresses.values());
        add(block, edgesOf(block));
        add(
          block,
          foreign.heldIn(network, block).map(({ address }) => address),
        );
        if (gateway !== undefined) add(block, [gateway]);
        if (held !== undefined && isHeldBack(network, subnet, held)) add(block, [held]);
      }
    }
    for (const { address, block } of placements.flatMap(({ fixed }) => fixed)) add(block, [address]);
    for (const [block, values] of taken)
      this.#taken.set(
        block,
        [...values].sort((a, b) => (a < b ? -1 : 1)),
      );
  }

  /** How many addresses of a range in a subnet are left to hand out. */
  freeCount(block: Cidr, range: Cidr): bigint {
    const values = this.#taken.get(block.text) ?? [];
    const taken = countBefore(values, range.last + 1n) - countBefore(values, range.first);
    return range.last - range.first + 1n - BigInt(taken);
  }
}

function edgesOf(block: Cidr): { value: bigint }[] {
  const ends = [{ value: block.first }, { value: block.last }];
  return ends.filter(({ value }) => dockerEdgeName(block, { family: block.family, value }) !== undefined);
}

/** How many of some sorted values are less than a value, by binary search. */
function countBefore(sorted: readonly bigint[], value: bigint): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
