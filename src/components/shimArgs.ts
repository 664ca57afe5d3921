import type * as pulumi from '@pulumi/pulumi';

/** A shim: an extra macvlan or ipvlan link on the host, through which the host talks to the network's containers. */
export interface ShimArgs {
  /**
   * The host's addresses in the network's subnets, without prefix length: `192.168.14.250`. Containers reach the host by them. With the gateway of a
   * subnet of a macvlan network among them the host is the router of that subnet, for its own containers and for all other machines there (docs/operations.md).
   */
  addresses: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Which containers the host reaches: addresses, or blocks of them in CIDR form. All other addresses of the subnet keep the route
   * that they have. Default: in each subnet in which the shim has an address, the IP range and the fixed addresses of the program's
   * containers; all of the subnet where the shim has its gateway.
   */
  routes?: pulumi.Input<pulumi.Input<string>[]>;
  /** Name of the link, 1 to 15 bytes. Default: `<parentInterface>-shim`, shortened where that has more than 15. */
  interfaceName?: string;
}
