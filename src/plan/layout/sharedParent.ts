import type { Place } from './place';

/** What decides whether a network can share its parent interface. */
export interface ParentUse {
  readonly driver: string | undefined;
  readonly mode: string | undefined;
  readonly parentInterface: string | undefined;
}

/** Only macvlan networks may share a parent interface, and only if none is passthru (moby, createNetwork of both drivers). */
export function checkParents(places: readonly Place[]): void {
  const first = new Map<string, Place>();
  for (const place of places) {
    const { network, at } = place;
    const { driver, parentInterface } = network;
    if (parentInterface === undefined || driver === undefined) continue;
    const earlier = first.get(parentInterface);
    if (earlier === undefined) {
      first.set(parentInterface, place);
      continue;
    }
    const fault = sharingFault(network, earlier.network);
    const expected = `must be another interface than that of ${earlier.at.path}: ${fault ?? ''}`;
    if (fault !== undefined) at.at('parentInterface').add(expected, parentInterface);
  }
}

/** Why two networks cannot share a parent; `undefined` if they can, or if one is not a macvlan or ipvlan network with a parent. */
export function sharingFault(one: ParentUse, other: ParentUse): string | undefined {
  const [driver, another] = [one.driver, other.driver];
  if (one.parentInterface === undefined || other.parentInterface === undefined) return undefined;
  if (!isOnParent(driver) || !isOnParent(another)) return undefined;
  if (driver !== another) return 'macvlan and ipvlan cannot share one';
  if (driver === 'ipvlan') return 'Docker puts one ipvlan network on each';
  return one.mode === 'passthru' || other.mode === 'passthru' ? 'a passthru network has its own' : undefined;
}

function isOnParent(driver: string | undefined): boolean {
  return driver === 'macvlan' || driver === 'ipvlan';
}
