import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import type { AttachmentSpec } from '../plan/container/container';
import type { ContainerPlan } from '../plan/container/containerPlan';

/** An attachment with its values resolved, and its network as the component has it. */
export type AttachmentValues = Omit<AttachmentSpec, 'network'> & { network?: unknown };

/** What the docker provider is asked for comes from the plan, which waits for the check. */
type Planned = pulumi.Output<ContainerPlan & { attachments: AttachmentValues[] }>;

/**
 * One attachment as the docker provider takes it. The name is an output of the network's resource, so that a replaced network replaces its containers
 * in the same `up`. All other values come from the plan.
 */
export function endpointInput(
  networkName: pulumi.Input<string>,
  plan: Planned,
  index: number,
): docker.types.input.ContainerNetworksAdvanced {
  const own = plan.apply(({ attachments }) => attachments[index]);
  const endpoint = plan.apply(({ endpoints }) => endpoints[index]);
  return {
    name: networkName,
    ipv4Address: own.apply((attachment) => attachment?.ipv4Address as string | undefined),
    ipv6Address: own.apply((attachment) => attachment?.ipv6Address as string | undefined),
    macAddress: endpoint.apply((known) => known?.macAddress),
    aliases: own.apply((attachment) => attachment?.aliases as string[] | undefined),
    driverOpts: endpoint.apply((known) => (known?.driverOptions.length ? known.driverOptions : undefined)),
    gwPriority: endpoint.apply((known) => known?.gatewayPriority),
  };
}

/** The kernel settings that the program gives the container, with those that its attachments need. */
export function withEndpointSysctls(
  own: docker.ContainerArgs['sysctls'],
  plan: pulumi.Output<ContainerPlan>,
): pulumi.Output<Record<string, string> | undefined> {
  return pulumi.all([own, plan]).apply(([given, { sysctls }]) => {
    const all = { ...given, ...sysctls };
    return Object.keys(all).length === 0 ? undefined : all;
  });
}
