import type { NetworkPlan } from '../network/network';
import type { Place } from './place';

/** Who may share a parent: macvlan networks, unless one of them is passthru (moby, both drivers' createNetwork). */
export function checkParents(places: readonly Place[]): void {
  const first = new Map<string, { network: NetworkPlan; path: string }>();
  for (const { network, at } of places) {
    const { driver, mode, parentInterface } = network;
    if (parentInterface === undefined || driver === undefined) continue;
    const earlier = first.get(parentInterface);
    if (earlier === undefined) {
      first.set(parentInterface, { network, path: at.path });
    } else if (driver !== earlier.network.driver) {
      const expected = `must be another interface than that of ${earlier.path}: macvlan and ipvlan cannot share one`;
      at.at('parentInterface').add(expected, parentInterface);
    } else if (driver === 'ipvlan') {
      const expected = `must be another interface than that of ${earlier.path}: Docker puts one ipvlan network on each`;
      at.at('parentInterface').add(expected, parentInterface);
    } else if (mode === 'passthru' || earlier.network.mode === 'passthru') {
      const expected = `must be another interface than that of ${earlier.path}: a passthru network has its own`;
      at.at('parentInterface').add(expected, parentInterface);
    }
  }
}
