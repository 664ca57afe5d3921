import type * as pulumi from '@pulumi/pulumi';

/** One subnet of a Docker network. */
export interface SubnetArgs {
  /** CIDR without host bits: `192.168.14.0/24`, `2001:db8:14::/64`. */
  subnet: pulumi.Input<string>;
  /**
   * Address of the router in the subnet, or `none` for no default route. Docker reserves it: no container can have it. To be said
   * where the network reaches beyond its host; ipvlan l3 and l3s take none.
   */
  gateway?: pulumi.Input<string>;
  /** Part of the subnet that Docker hands out to containers without a fixed address, in CIDR form. Default: all of it. */
  ipRange?: pulumi.Input<string>;
  /** Addresses that Docker never hands out, by a name of your own. Default: none. */
  auxiliaryAddresses?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
