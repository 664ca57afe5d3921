import type { Problem } from '../argument/problem';
import { isInternal } from '../network/route';
import type { DeclaredLink } from './declaredLink';
import { atNetwork, byNetwork, type HostPlan, problemsOf } from './placement';

const remedies =
  'give it to a shim of the network in place of the interface, or use ipvlan in mode l3, which needs no gateway';

/**
 * Refuses a gateway that is the host's own address on the parent interface. Neither driver lets a container reach its host at that
 * address, so the default route of the host's own containers would lead nowhere. Containers of other hosts on the VLAN may use it.
 */
export function checkOwnGateways(host: HostPlan, links: readonly DeclaredLink[]): Problem[] {
  const problems = problemsOf(host);
  const attached = byNetwork(host.placements);
  const own = new Map(
    links.flatMap(({ name, addresses }) =>
      addresses.map(({ address, path }) => [`${name} ${address.text}`, path] as const),
    ),
  );
  host.networks.forEach((network, index) => {
    const { parentInterface, subnets } = network;
    if (parentInterface === undefined || !attached.has(network) || isInternal(network)) return;
    for (const { gateway, index: position } of subnets) {
      const path = gateway && own.get(`${parentInterface} ${gateway.text}`);
      if (gateway === undefined || path === undefined) continue;
      const expected = `must not be the host's own address (${problems.below(path).path}), which its own containers cannot reach: ${remedies}`;
      atNetwork(problems, host, index).at('subnets').at(position).at('gateway').add(expected, gateway.text);
    }
  });
  return problems.list;
}
