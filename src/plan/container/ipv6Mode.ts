import type { NetworkPlan } from '../network/network';
import type { Problems } from '../argument/problem';
import { isRouted, offersDefaultRoute } from '../network/route';

/** Where a container's IPv6 address on a network comes from. */
export type Ipv6Mode = 'static' | 'slaac' | 'off';
export const ipv6Modes: readonly Ipv6Mode[] = ['static', 'slaac', 'off'];

/** The IPv6 mode of one attachment, for the checks. */
export interface Ipv6Choice {
  readonly network: NetworkPlan | undefined;
  readonly ipv6: Ipv6Mode | undefined;
  /** True if the IPv6 mode is not known before `pulumi up`. */
  readonly hasUnknownMode: boolean;
}

/** Turns IPv6 off on all interfaces of a container. Docker then gives it no IPv6 addresses. */
export const ipv6OffEverywhere = 'net.ipv6.conf.all.disable_ipv6';

/**
 * The kernel settings of a mode on one interface (kernel, ip-sysctl.rst). Docker itself turns IPv6 off on a network without an IPv6
 * subnet. On any other network it leaves router advertisements to the kernel, which accepts them.
 */
export function ipv6Sysctls(mode: Ipv6Mode, takesDefaultRoute: boolean): ReadonlyMap<string, string> {
  const settings: Record<Ipv6Mode, Record<string, string>> = {
    static: { accept_ra: '0', autoconf: '0' },
    // 2: accepted also in a container that forwards packets.
    slaac: { disable_ipv6: '0', accept_ra: '2', accept_ra_defrtr: takesDefaultRoute ? '1' : '0', autoconf: '1' },
    off: { disable_ipv6: '1' },
  };
  return ofInterface(settings[mode]);
}

/** The kernel settings of an interface without a mode that must not take its default route from router advertisements. */
export function withoutAdvertisedRoute(): ReadonlyMap<string, string> {
  return ofInterface({ accept_ra_defrtr: '0' });
}

function ofInterface(settings: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(settings).map(([key, value]) => [`net.ipv6.conf.IFNAME.${key}`, value]));
}

/**
 * True if Docker gives a container its IPv6 default route. An advertised one that comes before it, between two steps of a start, makes
 * that start fail: "failed to set IPv6 gateway: file exists" (seen with Engine 29; moby, issue 50898).
 */
export function hasDockersIpv6Route(attachments: readonly Ipv6Choice[]): boolean {
  return attachments.some(
    ({ network, ipv6 }) => network !== undefined && ipv6 !== 'off' && offersDefaultRoute(network, 6),
  );
}

/** True for an interface that takes router advertisements although no mode asks for them. */
export function hearsUnasked({ network, ipv6 }: Ipv6Choice): boolean {
  if (network === undefined || network.ordinary !== undefined || ipv6 !== undefined) return false;
  return hasIpv6Subnet(network) && !isRouted(network);
}

/** True for an attachment that Docker gives an IPv6 address. */
export function hasIpv6Subnet(network: NetworkPlan | undefined): boolean {
  return network?.subnets.some(({ block }) => block.family === 6) ?? false;
}

/**
 * True if IPv6 is off on a network that has an IPv6 subnet. Turned off on that interface alone, the container would not start (seen with
 * Engine 28.5.2: Docker announces the address, which the interface then cannot have). So it is turned off in the container.
 */
export function needsIpv6OffEverywhere({ network, ipv6 }: Ipv6Choice): boolean {
  return ipv6 === 'off' && hasIpv6Subnet(network);
}

/** Checks each mode against its network and against the other attachments of the container. */
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
    problems.at(index).addMessage(`must set ipv6: "off" too, because ${first}`);
  });
}
