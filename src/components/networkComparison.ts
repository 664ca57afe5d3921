import type { DockerReport } from '../host/dockerReport';
import { networkDrift } from '../host/networkDrift';
import type { DockerNetworkPlan } from '../plan/network/dockerNetwork';
import type { DockerComparison } from './dockerDrift';

/** The network beside the one of its name on the host; one of another stack is refused, where anything changes. */
export function compareNetwork(
  name: string | undefined,
  plan: DockerNetworkPlan | undefined,
  { networks }: DockerReport,
): DockerComparison | undefined {
  if (name === undefined || plan === undefined) return undefined;
  const found = networks.find((one) => one.name === name && one.owner !== '');
  const drift = networkDrift(name, plan, found);
  const revision = found?.detail?.revision;
  return { subject: `network ${name}`, kind: 'network', revision, drift, isLost: drift.length > 0, repair: [] };
}
