import type { Problems } from '../argument/problem';
import { type DeclaredLink, type DeclaredRoute, isSameLink } from './declaredLink';

interface Placed {
  readonly link: DeclaredLink;
  readonly route: DeclaredRoute;
}

/**
 * Each destination may have one route on a host, over one link and one gateway: the kernel refuses a second one. The subnet of a link's
 * address is a destination too. Repetitions inside one component are reported by its own check.
 */
export function checkSharedRoutes(host: Problems, links: readonly DeclaredLink[]): void {
  const seen = new Map<string, Placed>();
  for (const link of links) {
    for (const route of link.routes) {
      const earlier = seen.get(route.destination.text);
      if (earlier === undefined) seen.set(route.destination.text, { link, route });
      else if (earlier.link.component !== link.component && !isSame(earlier, { link, route })) {
        const expected = `must be routed once, got ${route.destination.text} also at ${host.below(earlier.route.path).path}`;
        host
          .below(route.path)
          .addMessage(`${expected} (there ${showRoute(earlier)}, here ${showRoute({ link, route })})`);
      }
    }
  }
}

function isSame(one: Placed, other: Placed): boolean {
  const isShared = !one.link.isShim && !other.link.isShim;
  return isShared && isSameLink(one.link, other.link) && one.route.gateway === other.route.gateway;
}

function showRoute({ link, route }: Placed): string {
  return route.gateway === undefined ? `on ${link.name}` : `via ${route.gateway} on ${link.name}`;
}
