import type { Problems } from '../argument/problem';

/** A switched network that a component names for its parent interface. */
export interface PhysicalNetworkUse {
  /** The interface at the bottom, which is plugged into it. */
  readonly nic: string;
  readonly label: string;
  /** Path of the component within the host: `trunks.lan`, `networks.plant`. */
  readonly path: string;
}

/** An interface is on one switched network: each component that names one for it must name the same. */
export function checkPhysicalNetworks(host: Problems, uses: readonly PhysicalNetworkUse[]): void {
  const first = new Map<string, PhysicalNetworkUse>();
  for (const use of uses) {
    const earlier = first.get(use.nic);
    if (earlier === undefined) first.set(use.nic, use);
    else if (earlier.label !== use.label) {
      const expected = `must be ${JSON.stringify(earlier.label)}, as at ${host.below(earlier.path).path}, because both are on ${use.nic}`;
      host.below(use.path).at('physicalNetwork').add(expected, use.label);
    }
  }
}

/** The switched network of each interface for which a component names one. */
export function physicalNetworks(uses: readonly PhysicalNetworkUse[]): ReadonlyMap<string, string> {
  return new Map(uses.map(({ nic, label }) => [nic, label]).reverse() as [string, string][]);
}
