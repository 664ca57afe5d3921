import { Problems } from '../argument/problem';
import { inOrder, overlapping, overlappingAcross } from '../ip/overlap';
import type { HostSubnet } from './place';
import { rangeOf } from './placement';

/**
 * Finds what Docker reports as "Pool overlaps". Two networks may have overlapping subnets only if each has an IP range and the ranges do
 * not overlap. One range is not enough: Docker considers it only for the network that has it, so the order of creation would matter.
 */
export function checkOverlaps(problems: Problems, subnets: readonly HostSubnet[]): void {
  const known = subnets.filter(({ subnet }) => subnet.isComplete);
  const ranged = known.filter(({ subnet }) => subnet.ipRange !== undefined);
  const whole = known.filter(({ subnet }) => subnet.ipRange === undefined);
  const block = ({ subnet }: HostSubnet) => subnet.block;
  const pairs = [
    ...overlapping(whole, block),
    ...overlappingAcross(whole, ranged, block),
    ...overlapping(ranged, ({ subnet }) => rangeOf(subnet)),
  ];
  for (const [first, second] of inOrder(pairs)) {
    // Two subnets of one network are checked with that network.
    if (first.network === second.network) continue;
    const at = new Problems(second.path, problems);
    const [one, other] = [first.subnet.ipRange, second.subnet.ipRange];
    if (one !== undefined && other !== undefined) {
      at.at('ipRange').add(`must be apart from ${one.text}, the IP range of ${first.path}`, other.text);
    } else {
      const expected = `must not overlap ${first.subnet.block.text} of ${first.path} unless both have an ipRange`;
      at.at('subnet').add(expected, second.subnet.block.text);
    }
  }
}
