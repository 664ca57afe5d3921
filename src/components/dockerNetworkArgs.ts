import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import type { DockerNetworkPlan } from '../plan/network/dockerNetwork';
import type { DockerDrift } from './dockerDrift';
import { withOwnLabels } from './ownLabels';

/**
 * What Docker is asked for.
 * @param owner - the value of the label that marks the networks of this stack.
 * @param kept - gets the names of inputs that keep the values of the state.
 */
export function dockerNetworkArgs(
  name: pulumi.Input<string>,
  plan: pulumi.Output<DockerNetworkPlan>,
  owner: pulumi.Output<string>,
  drift: DockerDrift,
  kept: string[],
): docker.NetworkArgs {
  return {
    // Without a name of its own the provider makes the new network before the old one is gone, and the pools overlap.
    name: pulumi.all([name, plan]).apply(([known]) => known),
    driver: plan.driver,
    options: plan.options,
    internal: plan.internal,
    ipv6: plan.ipv6,
    ipamConfigs: plan.ipamConfigs,
    labels: withOwnLabels(
      plan.apply(({ labels }) => Object.entries(labels).map(([label, value]) => ({ label, value }))),
      owner,
      drift,
      kept,
    ),
  };
}
