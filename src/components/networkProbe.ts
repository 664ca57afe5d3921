import { cutsOff, type DockerReport, engineAtLeast, missingParent } from '../host/dockerReport';
import { foreignOnes } from '../host/ownerLabel';
import type { ProbeResult } from '../host/probeResult';
import type { Problem } from '../plan/argument/problem';
import { checkForeignNetworks, foreignOnSameParent } from '../plan/layout/foreignNetwork';
import { checkFoundGateways } from '../plan/layout/ownGateway';
import { checkNetworkParent } from '../plan/layout/parentInterface';
import type { DockerNetworkPlan } from '../plan/network/dockerNetwork';
import { sharedParentEngine } from '../plan/network/engine';
import type { Host } from './host';
import type { DeclaredNetwork } from './hostLayout';
import { withParent } from './parentCheck';

/**
 * Compares a network with the host's interfaces, Engine and existing networks.
 * @param known - its plan, once it can be made.
 * @param isNamed - its parent interface is given by name, so the program does not make it.
 */
export async function probeNetwork(
  host: Host,
  declared: DeclaredNetwork,
  known: () => DockerNetworkPlan | undefined,
  isNamed: boolean,
): Promise<ProbeResult<unknown> | undefined> {
  const report = await host.preflight.report();
  if (report === undefined) return undefined;
  const parent = checkNetworkParent(declared.plan, report.parents, isNamed);
  return withParent(probeWith(report, host, declared, known(), isNamed), parent);
}

function probeWith(
  report: DockerReport,
  host: Host,
  declared: DeclaredNetwork,
  known: DockerNetworkPlan | undefined,
  isNamed: boolean,
): ProbeResult<true> | undefined {
  if (known === undefined) return undefined;
  const { plan, namedParent } = declared;
  const { mode, parentInterface } = plan;
  const cut = mode === 'passthru' && parentInterface !== undefined ? cutsOff(report, parentInterface) : undefined;
  if (cut !== undefined) {
    return { kind: 'refused', reason: `passthru on ${parentInterface ?? ''} would cut the host off: ${cut}` };
  }
  const missing = missingParent(report, namedParent);
  if (missing !== undefined) return { kind: 'refused', reason: `parentInterface: ${missing}` };
  const able = engineAtLeast(report, known.minimumEngine, 'a network with these subnets');
  if (able.kind !== 'seen') return able;
  const foreign = foreignOnes(report.networks, host.knownOwner);
  const taken = [...checkForeignNetworks(plan, foreign), ...foundGateways(report, host, declared, isNamed)];
  if (taken.length > 0) {
    return { kind: 'refused', reason: taken.map(({ path, message }) => `${path}: ${message}`).join('\n') };
  }
  const besides = foreignOnSameParent(plan, foreign);
  const together = sharedParentEngine([...host.layout.onSameParent(declared), ...besides]);
  return engineAtLeast(report, together, 'a second network on one parent interface');
}

/** On an interface that the program does not make: what it declares of its own links is checked as part of the layout. */
function foundGateways(report: DockerReport, host: Host, { plan }: DeclaredNetwork, isNamed: boolean): Problem[] {
  return isNamed && host.layout.hasContainers(plan) ? checkFoundGateways(plan, report.addresses) : [];
}
