import type { Problem } from '../argument/problem';
import { type Machine, secondMacWarning } from '../link/machine';
import { type HostPlan, problemsOf } from './placement';

/**
 * Warns, once for a host, that it is a virtual machine that may drop what its macvlan networks send. Only while one of them does not exist, so that
 * the warning comes before the first `up` and does not repeat at each preview.
 */
export function warnSecondMac(
  host: HostPlan,
  machine: Machine,
  existing: readonly { readonly name: string }[],
): Problem[] {
  const isNew = host.networks.some(
    ({ driver, hasParent, name }) =>
      driver === 'macvlan' && hasParent && !existing.some((network) => network.name === name),
  );
  const warning = isNew ? secondMacWarning(machine) : undefined;
  const warnings = problemsOf(host);
  if (warning !== undefined) warnings.addMessage(warning);
  return warnings.list;
}
