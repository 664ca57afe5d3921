import type * as pulumi from '@pulumi/pulumi';

/** One subnet of a Docker network. */
export interface SubnetArgs {
  /** CIDR without host bits: `192.168.14.0/24`, `2001:db8:14::/64`. */
  subnet: pulumi.Input<string>;
  /**
   * Address of the router in the subnet, which Docker reserves: no container can have it. `none`: no default route through this subnet.
   * Required when the network has a `parentInterface` and is not `internal`; omitted for ipvlan l3 and l3s. One
   * that does not answer a container which an `up` has made is a warning.
   */
  // With a plain `string` the union would collapse to it, and editors would not offer `none`.
  gateway?: pulumi.Input<'none' | (string & {})>;
  /** Part of the subnet that Docker hands out to containers without a fixed address, in CIDR form. Default: all of it. */
  ipRange?: pulumi.Input<string>;
  /** Addresses that Docker never hands out, by a name of your own. Default: none. */
  auxiliaryAddresses?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
