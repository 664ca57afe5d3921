import type * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import type { WantedContainer } from '../host/containerDrift';
import type { AttachmentSpec, ContainerSpec } from '../plan/container/container';
import type { ContainerPlan } from '../plan/container/containerPlan';
import { type UsedGateway, usedGateways } from '../plan/container/usedGateway';
import type { NetworkPlan } from '../plan/network/network';
import type { AttachedNetworks } from './attachedNetworks';
import { isArgsObject } from './componentArgs';
import type { RunValues } from './containerComparison';
import type { ReadOnHost } from './containerProbe';
import { resolveMac } from './derivedMac';
import type { AttachmentValues } from './endpointInputs';
import type { Host } from './host';
import { knownNow, whenResolved } from './knownNow';
import { engineHasHooks, Program } from './program';

/** The plan of the request to Docker, and the resolved name and attachments. */
export type PlannedContainer = ContainerPlan & {
  name: string;
  attachments: AttachmentValues[];
  wanted: WantedContainer | undefined;
};

/** The values of the arguments that the check reads, as far as they have resolved. */
export interface ContainerValues extends RunValues {
  name: string;
  attachments: AttachmentValues[];
  ports?: unknown[];
  sysctls?: Record<string, string>;
  ofOther?: Record<string, unknown>;
}

/** The container with the plan of each network, which all containers of the network share. A value that is no network is left as it is. */
export function specOf(
  networks: AttachedNetworks,
  values: ContainerValues,
  host: Host | undefined,
): () => ContainerSpec & RunValues {
  networks.take(values.attachments.map(({ network }) => network));
  return () => {
    const plans = networks.plans();
    return {
      ...values,
      attachments: values.attachments.map((one, index) => {
        const network = plans[index] as NetworkPlan;
        const names = [host?.check.component.name, values.name, (network as Partial<NetworkPlan> | undefined)?.name];
        return { ...one, network, macAddress: resolveMac(one.macAddress, names) as AttachmentSpec['macAddress'] };
      }),
    };
  };
}

/** What is to be read as the attachments: those of the spec, and in place of what is no attachment the value that was given. */
export function attachmentsAsGiven({ attachments }: ContainerSpec, given: unknown): unknown {
  if (given === undefined) return [];
  if (!Array.isArray(given)) return knownNow(given);
  return attachments.map((read, index) => (isArgsObject(given[index]) ? read : knownNow(given[index])));
}

/** The plan with what the host has of the networks by their names; without an answer, what depends on that keeps the values of the state. */
export function onceReported(
  host: Host | undefined,
  networks: AttachedNetworks,
  plan: pulumi.Output<PlannedContainer>,
  onHost: () => ReadOnHost<PlannedContainer>,
  kept: string[],
): pulumi.Output<PlannedContainer> {
  if (host === undefined || !engineHasHooks() || !networks.areNamed) return plan;
  return plan.apply(async (first) => {
    // With what all other components ask, so that all of it goes in one session.
    await Program.current().gate.patience();
    const report = await host.preflight.report();
    if (report === undefined && host.preflight.isAsked) kept.push('networksAdvanced', 'sysctls');
    return (report && onHost().plan) ?? first;
  });
}

/**
 * The gateways that a container is to use; none of one that need not run.
 * @param networkDatas - what the provider has found that it has on each network.
 */
export async function gatewaysOf(
  { attachments, wanted }: PlannedContainer,
  networkDatas: unknown,
): Promise<UsedGateway[]> {
  if (wanted?.mustRun !== true) return [];
  const { values } = await whenResolved(networkDatas);
  const found = (Array.isArray(values) ? values : []) as Partial<docker.types.output.ContainerNetworkData>[];
  return usedGateways(
    attachments.map(({ network }) => network as NetworkPlan),
    found.map(({ networkName = '', ipAddress = '', globalIpv6Address = '' }) => ({
      network: networkName,
      addresses: [ipAddress, globalIpv6Address],
    })),
  );
}
