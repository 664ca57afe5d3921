import type { Problems } from '../argument/problem';
import { isKnown } from '../argument/known';
import { checkMtu } from '../link/mtu';
import type { DeclaredLink } from './declaredLink';

/**
 * The MTU of a VLAN on a VLAN of another component (Q-in-Q) must not exceed the outer VLAN's: the kernel refuses that. An outer VLAN that
 * declares no MTU has the MTU of its own parent.
 */
export function checkNestedMtus(host: Problems, links: readonly DeclaredLink[]): void {
  const byName = new Map(links.filter(({ isShim }) => !isShim).map((link) => [link.name, link]));
  for (const link of links) {
    const outer = outerWithMtu(byName, link);
    if (outer === undefined || typeof link.mtu !== 'number' || typeof outer.mtu !== 'number') continue;
    checkMtu(host.below(link.path).at('mtu'), link.mtu, outer.mtu, `that of ${host.below(outer.path).path}`);
  }
}

/** The nearest outer VLAN that declares an MTU. The number of steps is bounded, because wrong names may form a circle. */
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
