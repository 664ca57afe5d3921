import { addressOf } from './address';
import { type Cidr, cidrOf, width } from './cidr';

/**
 * The part of a subnet that one of several hosts may hand out; index 0 is the first host. The subnet is split into equal blocks, as many
 * as the next power of two above the number of hosts. The first block belongs to no host. `undefined` if the subnet is too small.
 */
export function shareOf(subnet: Cidr, hostCount: number, index: number): Cidr | undefined {
  const prefix = subnet.prefix + Math.ceil(Math.log2(hostCount + 1));
  if (prefix > width(subnet.family)) return undefined;
  const size = 1n << BigInt(width(subnet.family) - prefix);
  return cidrOf(addressOf(subnet.family, subnet.first + size * BigInt(index + 1)), prefix);
}
