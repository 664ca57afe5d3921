import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { ownerLabel } from '../host/ownerLabel';
import type { DockerNetworkPlan } from '../plan/network/dockerNetwork';

/**
 * What Docker is asked for.
 * @param owner - the value of the label that marks the networks of this stack.
 */
export function dockerNetworkArgs(
  name: pulumi.Input<string>,
  plan: pulumi.Output<DockerNetworkPlan>,
  owner: pulumi.Output<string>,
): docker.NetworkArgs {
  return {
    // Without a name of its own the provider makes the new network before the old one is gone, and the pools overlap.
    name: pulumi.all([name, plan]).apply(([known]) => known),
    driver: plan.driver,
    options: plan.options,
    internal: plan.internal,
    ipv6: plan.ipv6,
    ipamConfigs: plan.ipamConfigs,
    labels: pulumi
      .all([plan, owner])
      .apply(([{ labels }, value]) =>
        Object.entries({ ...labels, [ownerLabel]: value }).map(([label, text]) => ({ label, value: text })),
      ),
  };
}
