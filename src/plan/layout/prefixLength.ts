import { Problems } from '../argument/problem';
import { inOrder, overlapping } from '../ip/overlap';
import type { HostSubnet } from './place';

/**
 * What is on one parent interface is on one link, where machines that disagree on the prefix length reach each other one
 * way only, and where Docker, which keeps the addresses of each prefix length apart, could give one address twice.
 */
export function checkPrefixes(problems: Problems, subnets: readonly HostSubnet[]): void {
  const onParent = new Map<string, HostSubnet[]>();
  for (const each of subnets) {
    const { parentInterface } = each.network;
    // Without an IP range, that they overlap is a problem by itself.
    if (parentInterface === undefined || !each.subnet.isWhole || each.subnet.ipRange === undefined) continue;
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
