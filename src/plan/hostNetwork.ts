import type { NetworkPlan } from './network';
import type { HostPlan, Placement } from './placement';
import type { Problem } from './problem';
import type { SubnetPlan } from './subnet';
import { isHeldBack } from './engine';
import { FirstSeen } from './firstSeen';
import { inOrder, overlapping, overlappingAcross } from './overlap';
import { atNetwork, byNetwork, problemsOf, rangeOf } from './placement';
import { Problems } from './problem';
import { heldBackAddress } from './subnet';
import { TakenAddresses } from './takenAddress';

/**
 * Problems between the networks and containers of one host, each of which is right by itself: shared parents and
 * names, overlapping subnets, addresses given twice, more containers than addresses. Values not known yet are skipped.
 */
export function checkHostNetworks(host: HostPlan): Problem[] {
  const problems = problemsOf(host);
  const places = host.networks.map((network, index) => ({ network, at: atNetwork(problems, host, index) }));
  checkNames(places);
  checkParents(places);
  const subnets = hostSubnets(places);
  checkOverlaps(problems, subnets);
  checkPrefixes(problems, subnets);
  checkAddresses(problems, places, host.placements);
  const attached = byNetwork(host.placements);
  const taken = new TakenAddresses(host);
  for (const { network, at } of places) checkRoom(at, network, attached.get(network) ?? [], taken);
  return problems.list;
}

/** A network, and where its problems are told. */
interface Place {
  readonly network: NetworkPlan;
  readonly at: Problems;
}

function checkNames(places: readonly Place[]): void {
  const names = new FirstSeen();
  for (const { network, at } of places) {
    if (network.name !== undefined) names.add(at.at('name'), network.name, JSON.stringify(network.name));
  }
}

/** Who may share a parent: macvlan networks, unless one of them is passthru (moby, both drivers' createNetwork). */
function checkParents(places: readonly Place[]): void {
  const first = new Map<string, { network: NetworkPlan; path: string }>();
  for (const { network, at } of places) {
    const { driver, mode, parentInterface } = network;
    if (parentInterface === undefined || driver === undefined) continue;
    const earlier = first.get(parentInterface);
    if (earlier === undefined) {
      first.set(parentInterface, { network, path: at.path });
    } else if (driver !== earlier.network.driver) {
      const expected = `must be another interface than that of ${earlier.path}: macvlan and ipvlan cannot share one`;
      at.at('parentInterface').add(expected, parentInterface);
    } else if (driver === 'ipvlan') {
      const expected = `must be another interface than that of ${earlier.path}: Docker puts one ipvlan network on each`;
      at.at('parentInterface').add(expected, parentInterface);
    } else if (mode === 'passthru' || earlier.network.mode === 'passthru') {
      const expected = `must be another interface than that of ${earlier.path}: a passthru network has its own`;
      at.at('parentInterface').add(expected, parentInterface);
    }
  }
}

/** A subnet with its place among all of the host's. */
interface HostSubnet {
  readonly index: number;
  readonly network: NetworkPlan;
  readonly path: string;
  readonly subnet: SubnetPlan;
}

function hostSubnets(places: readonly Place[]): HostSubnet[] {
  return places
    .flatMap(({ network, at }) => {
      const list = at.at('subnets');
      return network.subnets.map((subnet) => ({ network, path: list.at(subnet.index).path, subnet }));
    })
    .map((subnet, index) => ({ ...subnet, index }));
}

/**
 * "Pool overlaps": two networks may share addresses only if each has an IP range, and these are apart. One range is not
 * enough, because Docker looks at it only for the network that has it, so that the order of creation would matter.
 */
function checkOverlaps(problems: Problems, subnets: readonly HostSubnet[]): void {
  const known = subnets.filter(({ subnet }) => subnet.isWhole);
  const ranged = known.filter(({ subnet }) => subnet.ipRange !== undefined);
  const whole = known.filter(({ subnet }) => subnet.ipRange === undefined);
  const block = ({ subnet }: HostSubnet) => subnet.block;
  const pairs = [
    ...overlapping(whole, block),
    ...overlappingAcross(whole, ranged, block),
    ...overlapping(ranged, ({ subnet }) => rangeOf(subnet)),
  ];
  for (const [first, second] of inOrder(pairs)) {
    // Two subnets of one network are that network's own problem.
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

/**
 * What is on one parent interface is on one link, where machines that disagree on the prefix length reach each other one
 * way only, and where Docker, which keeps the addresses of each prefix length apart, could give one address twice.
 */
function checkPrefixes(problems: Problems, subnets: readonly HostSubnet[]): void {
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

/**
 * Networks with one and the same subnet share its addresses: each gateway, auxiliary and fixed address is one's own. So
 * is what Engines up to 27 hold back as a gateway where none is said.
 */
function checkAddresses(problems: Problems, places: readonly Place[], placements: readonly Placement[]): void {
  const seen = new FirstSeen();
  for (const { network, at: place } of places) {
    for (const subnet of network.subnets) {
      const { block, gateway, auxiliaryAddresses } = subnet;
      const at = place.at('subnets').at(subnet.index);
      if (gateway !== undefined) seen.add(at.at('gateway'), `${block.text} ${gateway.text}`, gateway.text);
      const held = heldBackAddress(subnet);
      const isAuxiliary = [...auxiliaryAddresses.values()].some(({ value }) => value === held?.value);
      if (held !== undefined && !isAuxiliary && isHeldBack(network, subnet, held))
        seen.add(at.at('gateway'), `${block.text} ${held.text}`, held.text);
      for (const [name, { text }] of auxiliaryAddresses) {
        seen.add(at.at('auxiliaryAddresses').at(name), `${block.text} ${text}`, text);
      }
    }
  }
  for (const { fixed } of placements) {
    for (const { address, block, path } of fixed) {
      seen.add(problems.below(path), `${block.text} ${address.text}`, address.text);
    }
  }
}

function checkRoom(
  problems: Problems,
  network: NetworkPlan,
  attached: readonly Placement[],
  taken: TakenAddresses,
): void {
  if (network.mode === 'passthru' && attached.length > 1) {
    problems.say(`must have one container, because its mode is passthru, got ${attached.length}`);
  }
  if (!network.isWhole) return;
  for (const family of [4, 6] as const) {
    const wanted = attached.filter(({ handedOut }) => handedOut.includes(family)).length;
    if (wanted === 0) continue;
    const subnets = network.subnets.filter(({ block }) => block.family === family);
    const free = subnets.reduce((sum, subnet) => sum + taken.freeCount(subnet.block, rangeOf(subnet)), 0n);
    if (wanted > free) {
      const expected = `must have an IPv${family} address for each of ${wanted} containers without a fixed one`;
      problems.at('subnets').say(`${expected}, got ${free} to hand out`);
    }
  }
}
