import type * as pulumi from '@pulumi/pulumi';
import type { Routing } from '../plan/link/routing';
import type { VlanProtocol } from '../plan/link/trunk';
import type { Host } from './host';
import type { Vlan } from './vlan';

/** One VLAN of a trunk. */
export interface VlanArgs {
  /** VLAN ID, 1 to 4094 (IEEE 802.1Q). */
  vlanId: number;
  /** Name of the subinterface, 1 to 15 bytes. Default: `<parentInterface>.<vlanId>`. */
  interfaceName?: string;
  /** Bytes, 68 to 65535, and no more than the parent's (RFC 791; 1280 at least with IPv6, RFC 8200). Default: the parent's. */
  mtu?: pulumi.Input<number>;
  /**
   * The host's own addresses on this VLAN, with prefix length (`192.168.14.1/24`). Default: none. Refused where the subnet overlaps one
   * of another link of the host, or holds the address that the host is reached from.
   */
  addresses?: pulumi.Input<pulumi.Input<string>[]>;
  /** Static routes of the host via routers on this VLAN. Default: none. */
  routes?: pulumi.Input<pulumi.Input<VlanRouteArgs>[]>;
  /** `802.1Q`, or `802.1ad` for the outer tag of a provider's trunk. Default: `802.1Q`. */
  protocol?: VlanProtocol;
  /**
   * Which PCP (0 to 7) the tag of a frame gets for each priority of a packet on the host (skb priority: 0 to 4294967295, of SO_PRIORITY or the IP
   * header): `{ 6: 5 }`. At most 32 entries. Default: none, so that all frames have PCP 0; a link that was there before keeps its own.
   */
  egressQosMap?: pulumi.Input<Record<number, pulumi.Input<number>>>;
  /** Which priority (0 to 4294967295) a packet gets on the host for each PCP (0 to 7) of a frame: `{ 5: 6 }`. Default: none, as above. */
  ingressQosMap?: pulumi.Input<Record<number, pulumi.Input<number>>>;
}

/** A static route of the host via a router on one of its VLANs. */
export interface VlanRouteArgs {
  /** CIDR without host bits; never the default route, which this package leaves to the host, and not inside a subnet of another link. */
  destination: pulumi.Input<string>;
  /** Address of the router, or of the host that an ipvlan l3 network is on, in a subnet of the VLAN's `addresses`. */
  gateway: pulumi.Input<string>;
}

/** Arguments of `VlanTrunk`. */
export interface VlanTrunkArgs {
  /** The host that the trunk ends at. */
  host: Host;
  /**
   * The NIC (or bond, bridge) that the switch sends tagged frames to, by name; or the VLAN of another trunk (`outer.vlan(100)`), for frames with two tags
   * (Q-in-Q), where a VLAN ID is another network below each outer VLAN.
   */
  parentInterface: Vlan | string;
  /** The VLANs on it. Plain values where they decide which resources exist, so that preview shows the true tree. */
  vlans: VlanArgs[];
  /**
   * What the host routes from and to these VLANs, by their links and by shims on them: `isolated`, nothing; `between`, from one of them to another, and
   * nowhere else; `unmanaged`, what it is set to itself, with a warning where that makes it a router. A plain value. Default: `unmanaged`. The first two need
   * nftables or iptables on the host, and hold for ports that Docker publishes, too (docs/operations.md).
   */
  routing?: Routing;
  /**
   * Name of the switched network that the parent interface is plugged into. Parents of one name, on whatever host, are checked together, others not. A
   * plain value; on the VLAN of another trunk it is that trunk's. Default: the `site` of the host.
   */
  physicalNetwork?: string;
  /** @internal Set where the trunk is that of a VlanInterface, whose arguments have no list. */
  isSingle?: true;
}
