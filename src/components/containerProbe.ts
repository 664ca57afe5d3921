import { engineAtLeast } from '../host/dockerReport';
import { foreignOnes } from '../host/ownerLabel';
import type { ProbeResult } from '../host/probeResult';
import type { ContainerPlan } from '../plan/container/containerPlan';
import { checkForeignContainers } from '../plan/layout/foreignContainer';
import type { Host } from './host';

/** Checks that no other container of the host has the name, and that its Engine supports each setting of the attachments. */
export async function probeContainer(
  host: Host | undefined,
  plan: (ContainerPlan & { name: string }) | undefined,
): Promise<ProbeResult<true> | undefined> {
  const report = await host?.report();
  if (report === undefined || plan === undefined) return undefined;
  const foreign = checkForeignContainers(plan.name, foreignOnes(report.containers, host?.knownOwner));
  const reasons = plan.needs.flatMap(({ path, engine, reason }) => {
    const result = engineAtLeast(report, engine, path);
    return result.kind === 'seen' ? [] : [reason === undefined ? result.reason : `${result.reason} (${reason})`];
  });
  const all = [...foreign.map(({ path, message }) => `${path}: ${message}`), ...reasons];
  return all.length === 0 ? undefined : { kind: 'refused', reason: all.join('; ') };
}
