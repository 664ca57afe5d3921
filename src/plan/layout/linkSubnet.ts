import type { Problems } from '../argument/problem';
import { nested } from '../ip/overlap';
import { type DeclaredLink, type DeclaredRoute, isSameLink } from './declaredLink';

interface Placed {
  readonly index: number;
  readonly link: DeclaredLink;
  readonly route: DeclaredRoute;
}

/**
 * The subnets of two links of a host must not overlap, or packets to the machines in both would leave over one of them. A route must not lie
 * in the subnet of another link, whose machines it would take away; those of a shim lie in the subnet of its parent interface. The host
 * script applies the same rule to all links of the host (subnet.awk). Equal blocks of two components are the concern of `checkSharedRoutes`.
 */
export function checkLinkSubnets(host: Problems, links: readonly DeclaredLink[]): void {
  const reported = new Set<Placed>();
  for (const [outer, inner] of nested(placed(links), ({ route }) => route.destination)) {
    const [earlier, later] = inOrder(outer, inner) ?? [];
    if (earlier === undefined || later === undefined || reported.has(later) || isAllowed(earlier, later)) continue;
    reported.add(later);
    const { route, link } = earlier;
    const rule = later.route.isSubnet ? 'overlap' : 'lie in';
    const expected = `must not ${rule} ${route.destination.text} of ${link.name} (${host.below(route.path).path})`;
    host.below(later.route.path).add(expected, later.route.destination.text);
  }
}

function placed(links: readonly DeclaredLink[]): Placed[] {
  return links
    .flatMap((link) => link.routes.map((route) => ({ link, route })))
    .map((one, index) => ({ ...one, index }));
}

/** The pair with the one second that is reported; `undefined` if none of the two is a subnet that takes in the other. */
function inOrder(outer: Placed, inner: Placed): [Placed, Placed] | undefined {
  if (outer.route.isSubnet && inner.route.isSubnet) return outer.index < inner.index ? [outer, inner] : [inner, outer];
  if (outer.route.isSubnet) return [outer, inner];
  // A route to a larger block than the subnet takes away no machine of it.
  return inner.route.isSubnet && isEqual(outer, inner) ? [inner, outer] : undefined;
}

function isAllowed(earlier: Placed, later: Placed): boolean {
  const isOnParent = later.link.shimParent === earlier.link.name && !later.route.isSubnet;
  if (isSameLink(later.link, earlier.link) || isOnParent) return true;
  return isEqual(earlier, later) && later.link.component !== earlier.link.component;
}

function isEqual(one: Placed, other: Placed): boolean {
  return one.route.destination.text === other.route.destination.text;
}
