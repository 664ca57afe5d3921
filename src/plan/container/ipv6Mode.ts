import type { NetworkPlan } from '../network/network';
import type { Problems } from '../argument/problem';
import { isRouted } from '../network/route';

/** Where a container's IPv6 address on a network comes from. */
export type Ipv6Mode = 'static' | 'slaac' | 'off';
export const ipv6Modes: readonly Ipv6Mode[] = ['static', 'slaac', 'off'];

/** What the rules of IPv6 read of one attachment. */
export interface Ipv6Choice {
  readonly network: NetworkPlan | undefined;
  readonly ipv6: Ipv6Mode | undefined;
  /** True where the IPv6 mode will be known at `pulumi up`. */
  readonly hasUnknownMode: boolean;
}

/** Turns IPv6 off in all of a container, and keeps Docker from giving it addresses. */
export const ipv6OffEverywhere = 'net.ipv6.conf.all.disable_ipv6';

/**
 * The kernel settings that make a mode hold on one interface (kernel, ip-sysctl.rst). Docker itself turns IPv6 off where a network
 * has no IPv6 subnet, and otherwise leaves router advertisements to the kernel, which listens to them.
 */
export function ipv6Sysctls(mode: Ipv6Mode | undefined, takesDefaultRoute: boolean): ReadonlyMap<string, string> {
  if (mode === undefined) return new Map();
  const settings: Record<Ipv6Mode, Record<string, string>> = {
    static: { accept_ra: '0', autoconf: '0' },
    // 2: also in a container that forwards.
    slaac: { disable_ipv6: '0', accept_ra: '2', accept_ra_defrtr: takesDefaultRoute ? '1' : '0', autoconf: '1' },
    off: { disable_ipv6: '1' },
  };
  return new Map(Object.entries(settings[mode]).map(([key, value]) => [`net.ipv6.conf.IFNAME.${key}`, value]));
}

/** True for an attachment that Docker gives an IPv6 address. */
export function hasIpv6Subnet(network: NetworkPlan | undefined): boolean {
  return network?.subnets.some(({ block }) => block.family === 6) ?? false;
}

/**
 * True where IPv6 is off on a network that has an IPv6 subnet. Such a container does not start with IPv6 off on the one
 * interface only (seen with Engine 28.5.2: Docker announces the address that the interface then cannot have).
 */
export function needsIpv6OffEverywhere({ network, ipv6 }: Ipv6Choice): boolean {
  return ipv6 === 'off' && hasIpv6Subnet(network);
}

/** Whether each mode can be had on its network, and beside the other attachments of the container. */
export function checkIpv6Modes(problems: Problems, attachments: readonly Ipv6Choice[]): void {
  attachments.forEach(({ network, ipv6 }, index) => {
    const at = problems.at(index).at('ipv6');
    if (network === undefined || ipv6 === undefined) return;
    if (ipv6 === 'static' && network.hasAllSubnets && !hasIpv6Subnet(network)) {
      at.add('must be on a network with an IPv6 subnet', ipv6);
    }
    if (ipv6 === 'slaac' && isRouted(network)) {
      at.add('must not be on ipvlan l3 or l3s, which let no router advertisement in', ipv6);
    }
    if (ipv6 === 'off' && network.hasAllSubnets && !network.subnets.some(({ block }) => block.family === 4)) {
      at.add('must not be on a network without IPv4, which would leave no address', ipv6);
    }
  });
  const everywhere = attachments.findIndex(needsIpv6OffEverywhere);
  if (everywhere < 0) return;
  const first = `${problems.at(everywhere).path}, whose network has an IPv6 subnet, turns IPv6 off in all of the container`;
  attachments.forEach(({ network, ipv6, hasUnknownMode }, index) => {
    if (!hasIpv6Subnet(network) || ipv6 === 'off' || ipv6 === 'slaac' || hasUnknownMode) return;
    problems.at(index).say(`must say ipv6: "off" too, because ${first}`);
  });
}
