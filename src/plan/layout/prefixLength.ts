import { Problems } from '../argument/problem';
import { inOrder, overlapping } from '../ip/overlap';
import type { HostSubnet } from './place';

/**
 * Networks on one parent interface are on one link. There, machines with different prefix lengths reach each other in one direction only.
 * And Docker, which manages the addresses of each prefix length separately, could give one address twice.
 */
export function checkPrefixes(problems: Problems, subnets: readonly HostSubnet[]): void {
  const onParent = new Map<string, HostSubnet[]>();
  for (const each of subnets) {
    const { parentInterface } = each.network;
    // Without an IP range, the overlap itself is reported: see checkOverlaps.
    if (parentInterface === undefined || !each.subnet.isComplete || each.subnet.ipRange === undefined) continue;
    const members = onParent.get(parentInterface);
    if (members === undefined) onParent.set(parentInterface, [each]);
    else members.push(each);
  }
  for (const members of onParent.values()) {
    for (const [first, second] of inOrder(overlapping(members, ({ subnet }) => subnet.block))) {
      if (first.network === second.network || first.subnet.block.text === second.subnet.block.text) continue;
      const expected = `must be ${first.subnet.block.text}, as at ${first.path} on the same parent interface, or apart from it`;
      new Problems(second.path, problems).at('subnet').add(expected, second.subnet.block.text);
    }
  }
}
