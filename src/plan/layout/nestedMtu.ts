import type { Problems } from '../argument/problem';
import { isKnown } from '../argument/known';
import { checkMtu } from '../link/mtu';
import type { DeclaredLink } from './declaredLink';

/**
 * A VLAN on a VLAN of another component (Q-in-Q) has no larger MTU than the outer one: the kernel refuses it. An outer one that
 * declares none has its own parent's.
 */
export function checkNestedMtus(host: Problems, links: readonly DeclaredLink[]): void {
  const byName = new Map(links.filter(({ isShim }) => !isShim).map((link) => [link.name, link]));
  for (const link of links) {
    const outer = outerWithMtu(byName, link);
    if (outer === undefined || typeof link.mtu !== 'number' || typeof outer.mtu !== 'number') continue;
    checkMtu(host.below(link.path).at('mtu'), link.mtu, outer.mtu, `that of ${host.below(outer.path).path}`);
  }
}

/** The nearest link below that declares an MTU. The steps are bounded: wrong names may form a circle. */
function outerWithMtu(byName: ReadonlyMap<string, DeclaredLink>, link: DeclaredLink): DeclaredLink | undefined {
  let below = link;
  for (let step = 0; step < byName.size; step++) {
    const outer = byName.get(below.vlan?.parentInterface ?? '');
    if (outer === undefined || !isKnown(outer.mtu)) return undefined;
    if (outer.mtu !== undefined) return outer;
    below = outer;
  }
  return undefined;
}
