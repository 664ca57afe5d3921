import { type Address, sameAddress } from '../ip/address';
import { type Problem, Problems } from '../argument/problem';
import type { NetworkPlan } from '../network/network';
import { isInternal } from '../network/route';
import type { DeclaredLink } from './declaredLink';
import { atNetwork, byNetwork, type HostPlan, problemsOf } from './placement';

const remedies =
  'use macvlan with a shim that carries it in place of the interface, or ipvlan in mode l3, which needs no gateway';

/** An address of the host itself, as preflight has found it. */
export interface FoundAddress {
  readonly link: string;
  readonly address: Address;
}

/** The same with where it is in words: in the program, or on the host. */
interface AddressOnLink extends FoundAddress {
  readonly where: string;
}

/**
 * Refuses a gateway that is the host's own address on the parent interface. Neither driver lets a container reach its host at that
 * address, so the default route of the host's own containers would lead nowhere. Containers of other hosts on the VLAN may use it.
 */
export function checkOwnGateways(host: HostPlan, links: readonly DeclaredLink[]): Problem[] {
  const problems = problemsOf(host);
  const attached = byNetwork(host.placements);
  const own = links.flatMap(({ name: link, addresses }) =>
    addresses.map(({ address, path }) => ({ link, address, where: `(${problems.below(path).path})` })),
  );
  host.networks.forEach((network, index) => {
    if (attached.has(network)) checkGateways(atNetwork(problems, host, index), network, own);
  });
  return problems.list;
}

/** The same for the addresses that were found on a host, of a network that has containers there. */
export function checkFoundGateways(network: NetworkPlan, found: readonly FoundAddress[]): Problem[] {
  const problems = new Problems();
  const own = found.map(({ link, address }) => ({ link, address, where: `on ${link}` }));
  checkGateways(problems, network, own);
  return problems.list;
}

function checkGateways(problems: Problems, network: NetworkPlan, own: readonly AddressOnLink[]): void {
  if (network.parentInterface === undefined || isInternal(network)) return;
  for (const { gateway, index } of network.subnets) {
    const on = own.find(
      ({ link, address }) => link === network.parentInterface && gateway !== undefined && sameAddress(address, gateway),
    );
    if (gateway === undefined || on === undefined) continue;
    const expected = `must not be the host's own address ${on.where}, which its own containers cannot reach: ${remedies}`;
    problems.at('subnets').at(index).at('gateway').add(expected, gateway.text);
  }
}
