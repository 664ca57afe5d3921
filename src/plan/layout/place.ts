import type { Problems } from '../argument/problem';
import type { NetworkPlan } from '../network/network';
import type { SubnetPlan } from '../network/subnet';

/** A network, and the collector for its problems. */
export interface Place {
  readonly network: NetworkPlan;
  readonly at: Problems;
}

/** A subnet, and its position among all subnets of the host. */
export interface HostSubnet {
  readonly index: number;
  readonly network: NetworkPlan;
  readonly path: string;
  readonly subnet: SubnetPlan;
}

/** All subnets of a host, in the order of its networks. */
export function hostSubnets(places: readonly Place[]): HostSubnet[] {
  return places
    .flatMap(({ network, at }) => {
      const list = at.at('subnets');
      return network.subnets.map((subnet) => ({ network, path: list.at(subnet.index).path, subnet }));
    })
    .map((subnet, index) => ({ ...subnet, index }));
}
