import type { Problem } from '../argument/problem';
import { contains, parseCidr, parseInterfaceAddress } from '../ip/cidr';
import type { NetworkPlan } from '../network/network';
import { byNetwork, type FixedAddress, type HostPlan, problemsOf } from './placement';

/** The planned routes of a shim for which the program gives none. */
export interface ShimRoutes {
  /** Path within the host: `shims.own`. */
  readonly path: string;
  readonly network: NetworkPlan;
  /** The shim's own addresses, with prefix length. */
  readonly addresses: readonly string[];
  /** CIDR. */
  readonly destinations: readonly string[];
}

/**
 * Warns of fixed addresses that the default routes of a shim do not cover, because they became known only after the shim was planned.
 * The host does not reach these containers.
 */
export function warnUnroutedContainers(host: HostPlan, shims: readonly ShimRoutes[]): Problem[] {
  const warnings = problemsOf(host);
  const attached = byNetwork(host.placements);
  for (const { path, network, addresses, destinations } of shims) {
    const blocks = destinations.flatMap((text) => parseCidr(text) ?? []);
    const own = addresses.flatMap((text) => parseInterfaceAddress(text) ?? []);
    // That of a gateway leads to all of its subnet.
    const led = [...blocks, ...own.map(({ block }) => block)];
    const isRouted = ({ address }: FixedAddress) => led.some((block) => contains(block, address));
    const isNear = ({ block }: FixedAddress) => own.some(({ address }) => contains(block, address));
    for (const fixed of (attached.get(network) ?? []).flatMap((placement) => placement.fixed)) {
      if (isRouted(fixed) || !isNear(fixed)) continue;
      const reason = `the fixed address of ${warnings.below(fixed.path).path}, which was not known when the shim was planned`;
      warnings.below(path).at('routes').addMessage(`should hold ${fixed.address.text}, ${reason}`);
    }
  }
  return warnings.list;
}
