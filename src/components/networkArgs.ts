import type * as pulumi from '@pulumi/pulumi';
import type { Host } from './host';
import type { ShimArgs } from './shimArgs';
import type { SubnetArgs } from './subnetArgs';
import type { Vlan } from './vlan';

/** Arguments that macvlan and ipvlan networks have in common. */
export interface NetworkArgs {
  /** The host that the network is on. Default: the host of `parentInterface`, where that is a handle. */
  host?: Host;
  /** Docker's name of the network. Default: the component's name. */
  name?: pulumi.Input<string>;
  /** `trunk.vlan(50)`, or the name of an interface on the host. Default: none; containers then reach only each other, on this host. */
  parentInterface?: Vlan | string;
  /**
   * Name of the switched network that the parent interface is plugged into, where that is given by name. Networks and trunks of one name, on whatever host,
   * are checked together, others not. A plain value. Default: that of a trunk on the same interface, else the `site` of the host.
   */
  physicalNetwork?: string;
  /** Subnets, IPv4 or IPv6. None (`[]`): Docker gives containers no address, and they make their own, by DHCP for example. Needs Engine 28. */
  subnets: SubnetArgs[];
  /** True: no default route and no outside DNS, so containers reach their own subnets only. Default: false; true without `parentInterface`. */
  internal?: pulumi.Input<boolean>;
  /** Docker labels of the network. Default: none. */
  labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** A `HostShim` for this network. Its addresses are reserved automatically, so that Docker hands none of them out. Default: none. */
  shim?: ShimArgs;
}
