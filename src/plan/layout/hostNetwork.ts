import { FirstSeen } from '../argument/firstSeen';
import type { Problem } from '../argument/problem';
import { checkAddresses, checkForeignAddresses } from './addressClash';
import { checkRoom } from './addressRoom';
import { hostSubnets, type Place } from './place';
import { atNetwork, byNetwork, type HostPlan, problemsOf } from './placement';
import { checkOverlaps } from './poolOverlap';
import { checkPrefixes } from './prefixLength';
import { checkContainerNames } from './sharedContainerName';
import { checkParents } from './sharedParent';
import { TakenAddresses } from './takenAddress';

/**
 * Conflicts between the networks and containers of one host, which their own checks cannot find: shared parents and names, overlapping
 * subnets, addresses given twice, more containers than addresses. Values not known yet are skipped.
 */
export function checkHostNetworks(host: HostPlan): Problem[] {
  const problems = problemsOf(host);
  const places = host.networks.map((network, index) => ({ network, at: atNetwork(problems, host, index) }));
  checkNames(places);
  checkContainerNames(problems, host.containerNames);
  checkParents(places);
  const subnets = hostSubnets(places);
  checkOverlaps(problems, subnets);
  checkPrefixes(problems, subnets);
  checkAddresses(problems, places, host.placements);
  const attached = byNetwork(host.placements);
  const taken = new TakenAddresses(host);
  for (const { network, at } of places) checkRoom(at, network, attached.get(network) ?? [], taken, host.foreign);
  checkForeignAddresses(problems, host);
  return problems.list;
}

function checkNames(places: readonly Place[]): void {
  const names = new FirstSeen();
  for (const { network, at } of places) {
    if (network.name !== undefined) names.add(at.at('name'), network.name, JSON.stringify(network.name));
  }
}
