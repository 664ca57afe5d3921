import { containerDrift, type WantedContainer } from '../host/containerDrift';
import type { DockerReport } from '../host/dockerReport';
import type { ContainerSpec } from '../plan/container/container';
import type { ContainerPlan } from '../plan/container/containerPlan';
import type { DockerComparison } from './dockerDrift';

/** The inputs of a container that a host is compared with. */
export const declaration = ['name', 'attachments', 'networkOf', 'mustRun', 'start', 'rm'] as const;

/** The arguments that say whether a container is to run, and whose network it has: the name of another container. */
export interface RunValues {
  readonly mustRun?: boolean | undefined;
  readonly start?: boolean | undefined;
  readonly rm?: boolean | undefined;
  readonly networkOf?: string | undefined;
}

/** What a host is compared with, all values known; `undefined` where a network has no name of its own. */
export function wantedContainer(
  { name, attachments }: ContainerSpec,
  { endpoints }: ContainerPlan,
  { mustRun, start, rm, networkOf }: RunValues,
): WantedContainer | undefined {
  const wanted = attachments.flatMap(({ network, ipv4Address, ipv6Address, aliases }, index) => {
    const addresses = [ipv4Address, ipv6Address].filter((one) => one !== undefined) as string[];
    const { driverOptions = [], gatewayPriority, macAddress } = endpoints[index] ?? {};
    const more = { addresses, aliases: (aliases ?? []) as string[], driverOptions, gatewayPriority, macAddress };
    return network.name === undefined ? [] : [{ network: network.name, ...more }];
  });
  if (wanted.length < attachments.length) return undefined;
  const isToRun = mustRun !== false && start !== false;
  return { name: name as string, mustRun: isToRun, mayEnd: !isToRun && rm === true, attachments: wanted, networkOf };
}

/** The container beside the one of its name on the host; one of another stack is refused, where anything changes. */
export function compareContainer(
  wanted: WantedContainer | undefined,
  { networks, owned }: DockerReport,
): DockerComparison | undefined {
  if (wanted === undefined) return undefined;
  const ids = networks.flatMap(({ name, detail }) => (detail === undefined ? [] : [[name, detail.id] as const]));
  const found = owned.find(({ name }) => name === wanted.name);
  const other = owned.find(({ name }) => name === wanted.networkOf);
  const { drift, repair } = containerDrift(wanted, found, new Map(ids), other);
  // Docker has removed it at its end. Which creation it was, the state knows.
  if (found === undefined && wanted.mayEnd) return undefined;
  return {
    subject: `container ${wanted.name}`,
    kind: 'container',
    revision: found?.revision,
    drift,
    isLost: found === undefined,
    repair,
  };
}
