import type { Cidr } from '../ip/cidr';
import type { NetworkPlan } from '../network/network';
import type { SubnetPlan } from '../network/subnet';
import { type Problem, Problems } from '../argument/problem';
import { overlaps } from '../ip/cidr';
import { rangeOf } from './placement';
import { type ParentUse, sharingFault } from './sharedParent';

/** An existing Docker network on a host that this stack did not make. Includes Docker's default network `bridge` (docker0). */
export interface ForeignNetwork extends ParentUse {
  readonly name: string;
  /** Only those that Docker compares with the subnets of local networks. */
  readonly subnets: readonly ForeignSubnet[];
}

export interface ForeignSubnet {
  readonly block: Cidr;
  readonly ipRange: Cidr | undefined;
}

/**
 * Conflicts of a network with foreign ones on its host: the same name, an overlapping subnet, a parent that cannot be shared.
 * Two subnets may overlap only if both have an IP range and these are apart. Docker would accept one range alone, but once it is
 * restarted it may load the other network second, which then loses its subnet (seen on Engine 28.5).
 */
export function checkForeignNetworks(network: NetworkPlan, foreign: readonly ForeignNetwork[]): Problem[] {
  const problems = new Problems();
  for (const other of foreign) {
    const which = `Docker network ${other.name} (${other.driver}), which is on the host and not of this stack`;
    if (network.name === other.name) problems.at('name').add(`must differ from the ${which}`, network.name);
    const fault = network.parentInterface === other.parentInterface ? sharingFault(network, other) : undefined;
    if (fault !== undefined) {
      const expected = `must be another interface than that of the ${which}: ${fault}`;
      problems.at('parentInterface').add(expected, network.parentInterface);
    }
    for (const subnet of network.subnets) checkSubnet(problems.at('subnets').at(subnet.index), subnet, other, which);
  }
  return problems.list;
}

/** The foreign networks on the parent of this network. */
export function foreignOnSameParent(
  { parentInterface }: NetworkPlan,
  foreign: readonly ForeignNetwork[],
): ForeignNetwork[] {
  return foreign.filter((other) => other.parentInterface !== undefined && other.parentInterface === parentInterface);
}

function checkSubnet(problems: Problems, subnet: SubnetPlan, other: ForeignNetwork, which: string): void {
  if (!subnet.isComplete) return;
  const clash = other.subnets.find(({ block }) => overlaps(block, subnet.block));
  if (clash === undefined) return;
  if (subnet.ipRange === undefined || clash.ipRange === undefined) {
    const expected = `must not overlap ${clash.block.text} of the ${which}, unless both have an IP range`;
    problems.at('subnet').add(expected, subnet.block.text);
  } else if (overlaps(clash.ipRange, rangeOf(subnet))) {
    const expected = `must be apart from ${clash.ipRange.text}, the IP range of the ${which}`;
    problems.at('ipRange').add(expected, subnet.ipRange.text);
  }
}
