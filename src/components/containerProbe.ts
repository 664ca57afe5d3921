import { engineAtLeast } from '../host/dockerReport';
import { foreignOnes } from '../host/ownerLabel';
import type { ProbeResult } from '../host/probeResult';
import type { Problem } from '../plan/argument/problem';
import type { ContainerPlan } from '../plan/container/containerPlan';
import { checkForeignContainers } from '../plan/layout/foreignContainer';
import type { Host } from './host';

/** A container read with what its host has. */
export interface ReadOnHost<P> {
  readonly problems: readonly Problem[];
  /** `undefined` while a value is not known, or where there is a problem. */
  readonly plan: P | undefined;
}

/**
 * Checks that no other container of the host has the name, that the networks that it is attached to by name are there and suit it, and that
 * the Engine supports each setting of the attachments.
 * @param read - reads the container with what the host has, once it has reported that.
 */
export async function probeContainer(
  host: Host | undefined,
  read: () => ReadOnHost<ContainerPlan & { name: string }>,
): Promise<ProbeResult<true> | undefined> {
  const report = await host?.preflight.report();
  if (report === undefined) return undefined;
  const { problems, plan } = read();
  if (problems.length > 0) return { kind: 'refused', reason: listed(problems).join('; ') };
  if (plan === undefined) return undefined;
  const foreign = checkForeignContainers(plan.name, foreignOnes(report.containers, host?.knownOwner));
  const reasons = plan.needs.flatMap(({ path, engine, reason }) => {
    const result = engineAtLeast(report, engine, path);
    return result.kind === 'seen' ? [] : [reason === undefined ? result.reason : `${result.reason} (${reason})`];
  });
  const isDialled = report.dials || !plan.endpoints.some(({ macAddress }) => macAddress !== undefined);
  const all = [...listed(foreign), ...reasons, ...(isDialled ? [] : [notDialled])];
  return all.length === 0 ? undefined : { kind: 'refused', reason: all.join('; ') };
}

const notDialled =
  'macAddress needs perl on the host, and neither DOCKER_HOST nor another setting there that leads the docker command elsewhere';

function listed(problems: readonly Problem[]): string[] {
  return problems.map(({ path, message }) => `${path}: ${message}`);
}
