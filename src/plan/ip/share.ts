import { addressOf } from './address';
import { type Cidr, cidrOf, width } from './cidr';

/**
 * The share of one of several hosts, number 0 being the first host's. A subnet is split into equal blocks, as many as the next power
 * of two above the number of hosts; the first block belongs to no host. `undefined` where the subnet is too small.
 */
export function shareOf(subnet: Cidr, hostCount: number, index: number): Cidr | undefined {
  const prefix = subnet.prefix + Math.ceil(Math.log2(hostCount + 1));
  if (prefix > width(subnet.family)) return undefined;
  const size = 1n << BigInt(width(subnet.family) - prefix);
  return cidrOf(addressOf(subnet.family, subnet.first + size * BigInt(index + 1)), prefix);
}
