import type * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import type { Ipv6Mode } from '../plan/container/ipv6Mode';
import type { NetworkReference } from '../plan/network/networkReference';
import type { AttachableNetwork } from './attachableNetwork';
import type { Host } from './host';
import type { NetworkContainer } from './networkContainer';

/** One attachment: the container on one network. */
export interface AttachmentArgs {
  /**
   * The network; each at most once. A `MacvlanNetwork` or `IpvlanNetwork`; the `reference` of one that another stack declares, from that stack's
   * output; or one of any driver that this package does not declare: a `docker.Network` of the program, made with `provider: host.provider`, or the
   * name of one that is on the host already.
   */
  network: AttachableNetwork | docker.Network | pulumi.Input<string | NetworkReference>;
  /** Fixed IPv4 address in one of the network's subnets. Default: Docker hands one out. */
  ipv4Address?: pulumi.Input<string>;
  /** Fixed IPv6 address in one of the network's subnets. Default: Docker hands one out if the network has IPv6. */
  ipv6Address?: pulumi.Input<string>;
  /** Further names of the container on this network, which Docker's resolver answers. Default: none. */
  aliases?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * True: this network gives the container its default route. Required for one attachment if several networks could, or if one of them has a
   * gateway in one IP version and `none` in the other. Needs Engine 28 (`GwPriority`), unless the network is the first by name; 29.4.1 if
   * it has one IP version and another network has both.
   */
  defaultRoute?: pulumi.Input<boolean>;
  /**
   * Source of the IPv6 address. `static`: only `ipv6Address` or Docker. `slaac`: router advertisements (RFC 4862), plus Docker's address if
   * the network has an IPv6 subnet. `off`: no IPv6. Default: Docker's address if the network has an IPv6 subnet, plus any address from
   * router advertisements. `static` and `slaac` need Engine 27.
   */
  ipv6?: pulumi.Input<Ipv6Mode>;
  /** Kernel settings of the interface, by their names with `IFNAME` in place of its own. Default: none. Needs Engine 27. */
  sysctls?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Name of the interface in the container, up to 15 bytes. Default: `eth0`, `eth1`, …, as Docker counts. Needs Engine 28. */
  interfaceName?: pulumi.Input<string>;
  /**
   * MAC address of the interface, that of one machine (`02:00:5e:10:00:01`), on one attachment of the program only; or `derived`: one that is made from
   * project, stack, host, container and network, and stays for as long as these keep their names. Refused on ipvlan and in mode passthru. Default: as
   * Docker gives it; from Engine 28 on another one at each start. Needs Engine 29.3, and perl on the host.
   */
  macAddress?: pulumi.Input<string>;
}

/**
 * Arguments of {@link NetworkContainer}: those of `docker.Container`, with `attachments` in place of its networks. Each may be in any
 * spelling that Docker accepts (`NET_ADMIN`, `60s`, `cpus: '2'`). Because of the provider, some replace the container at every run after a
 * refresh: IPv6 addresses in `hosts`, `systempaths=unconfined`, a `platform` with an architecture, `cpus` such as 0.05, `container:NAME`
 * modes. See docs/containerArguments.md.
 */
export interface NetworkContainerArgs extends Omit<docker.ContainerArgs, 'networksAdvanced' | 'networkMode'> {
  /** The networks that the container is on, all on one host; at least one, unless `networkOf` is given. */
  attachments?: AttachmentArgs[];
  /**
   * In place of `attachments`: another container of the same host, in whose network namespace this one lives (Docker's network mode `container:`). It has
   * that one's interfaces, addresses, names and ports, and is replaced together with it. Where that one is started anew, this one has lost its network
   * until it is restarted too: the next `up` does that. Default: a namespace of its own.
   */
  networkOf?: NetworkContainer;
  /** The host. Default: that of the networks; required if none of them is a `MacvlanNetwork` or an `IpvlanNetwork`. */
  host?: Host;
  /**
   * Published ports. Docker publishes them on a bridge network, and of several networks only on the one that gives the container its default
   * route; refused elsewhere. A container's address on a macvlan or ipvlan network has every port open. Default: none.
   */
  ports?: docker.ContainerArgs['ports'];
}
