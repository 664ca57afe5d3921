import type { NetworkPlan } from '../network/network';
import type { HostPlan, Placement } from './placement';
import type { Problem } from '../argument/problem';
import type { SubnetPlan } from '../network/subnet';
import { shareOf } from '../ip/share';
import { contains } from '../ip/cidr';
import { inOrder, overlapping } from '../ip/overlap';
import { atNetwork, byNetwork, handsOut, rangeOf } from './placement';
import { Problems } from '../argument/problem';

/** A subnet of one VLAN on one host. */
interface Member {
  readonly index: number;
  readonly host: number;
  /** The collector for problems of its host. */
  readonly root: Problems;
  readonly path: string;
  readonly subnet: SubnetPlan;
  readonly attached: readonly Placement[];
}

/**
 * Problems between hosts. Each Docker hands out addresses without knowledge of the others. So hosts on one VLAN need IP ranges that do
 * not overlap, and fixed addresses outside of all ranges, each given once. `vlanOf` returns the name of a network's VLAN, which is the
 * same on every host; `undefined` for a network that no other host can be on.
 */
export function checkVlansAcrossHosts(
  hosts: readonly HostPlan[],
  vlanOf: (network: NetworkPlan) => string | undefined,
): Problem[] {
  const problems = new Problems();
  const vlans = new Map<string, Member[]>();
  hosts.forEach((host, index) => {
    const root = rootOf(problems, host, index);
    const attached = byNetwork(host.placements);
    host.networks.forEach((network, position) => {
      const vlan = vlanOf(network);
      if (vlan === undefined) return;
      const members = vlans.get(vlan) ?? [];
      vlans.set(vlan, members);
      for (const subnet of network.subnets) {
        const { path } = atNetwork(root, host, position).at('subnets').at(subnet.index);
        members.push({ index: members.length, host: index, root, path, subnet, attached: attached.get(network) ?? [] });
      }
    });
  });
  for (const members of vlans.values()) {
    checkSubnets(problems, members);
    checkRanges(problems, members, hosts.length);
    checkFixed(members);
  }
  return problems.list;
}

function rootOf(problems: Problems, { names }: HostPlan, index: number): Problems {
  return problems.at('hosts').at(names?.host ?? index);
}

/** Hosts with different prefix lengths reach each other in one direction only. */
function checkSubnets(problems: Problems, members: readonly Member[]): void {
  for (const [first, second] of inOrder(overlapping(members, ({ subnet }) => subnet.block))) {
    if (first.host === second.host || first.subnet.block.text === second.subnet.block.text) continue;
    const expected = `must be ${first.subnet.block.text}, as at ${first.path} on the same VLAN, or apart from it`;
    new Problems(second.path, problems).at('subnet').add(expected, second.subnet.block.text);
  }
}

function checkRanges(problems: Problems, members: readonly Member[], hostCount: number): void {
  for (const [first, second] of inOrder(overlapping(members.filter(isPool), ({ subnet }) => rangeOf(subnet)))) {
    if (first.host === second.host) continue;
    const fix = shareOf(second.subnet.block, hostCount, second.host)?.text;
    const expected = `must be apart from ${rangeOf(first.subnet).text} of ${first.path}, where another Docker hands out addresses`;
    new Problems(second.path, problems).at('ipRange').add(expected, rangeOf(second.subnet).text, fix);
  }
}

function checkFixed(members: readonly Member[]): void {
  const ranges = members.filter(isPool).sort((a, b) => (rangeOf(a.subnet).first < rangeOf(b.subnet).first ? -1 : 1));
  const owners = new Map<string, { host: number; path: string }>();
  for (const { host, path, subnet } of members) {
    if (subnet.gateway !== undefined) owners.set(subnet.gateway.text, { host, path: `${path}.gateway` });
  }
  for (const member of members) {
    for (const { address, block, path: below } of member.attached.flatMap(({ fixed }) => fixed)) {
      if (block !== member.subnet.block) continue;
      const at = member.root.below(below);
      const owner = owners.get(address.text);
      if (owner === undefined) owners.set(address.text, { host: member.host, path: at.path });
      // An address that is given twice on one host is reported by the checks of that host.
      else if (owner.host !== member.host)
        at.addMessage(`must be given once on the VLAN, got ${address.text} also at ${owner.path}`);
      const range = lastBefore(ranges, address.value);
      if (range === undefined || range.host === member.host || !contains(rangeOf(range.subnet), address)) continue;
      if ([...range.subnet.auxiliaryAddresses.values()].some(({ value }) => value === address.value)) continue;
      const reason = `which the Docker of ${range.path} hands out; make it an auxiliary address there`;
      at.add(`must lie outside of ${rangeOf(range.subnet).text}, ${reason}`, address.text);
    }
  }
}

function isPool({ subnet, attached }: Member): boolean {
  return handsOut(subnet, attached);
}

/** The member with the last range that begins at or before an address, by binary search. */
function lastBefore(sorted: readonly Member[], value: bigint): Member | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const member = sorted[middle];
    if (member !== undefined && rangeOf(member.subnet).first <= value) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
