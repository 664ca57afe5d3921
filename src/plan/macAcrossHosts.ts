import type { HostPlan } from './placement';
import type { Problem } from './problem';
import { FirstSeen } from './firstSeen';
import { Problems } from './problem';

/** Containers that would have one and the same MAC address, on any VLAN of any host: a switch learns each address once. */
export function checkMacAddresses(hosts: readonly HostPlan[]): Problem[] {
  const problems = new Problems();
  const seen = new FirstSeen();
  hosts.forEach(({ names, placements }, index) => {
    const root = problems.at('hosts').at(names?.host ?? index);
    for (const { macAddress } of placements) {
      if (macAddress !== undefined) seen.add(root.below(macAddress.path), macAddress.text, macAddress.text);
    }
  });
  return problems.list;
}
