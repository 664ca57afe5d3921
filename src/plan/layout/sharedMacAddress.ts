import { FirstSeen } from '../argument/firstSeen';
import { type Problem, Problems } from '../argument/problem';
import { type HostPlan, problemsOf } from './placement';

/** Refuses a MAC address that two attachments of the program have, on whichever hosts: a VLAN may reach all of them. */
export function checkMacAddresses(hosts: readonly HostPlan[]): Problem[] {
  const problems = new Problems();
  const seen = new FirstSeen();
  for (const host of hosts) {
    const at = problemsOf(host, problems);
    for (const { text, path } of host.macAddresses) seen.add(at.below(path), text, JSON.stringify(text));
  }
  return problems.list;
}
