import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { ownerLabel } from '../host/ownerLabel';

/** The labels of a container with that of the stack. */
export function withOwner(
  labels: docker.ContainerArgs['labels'],
  owner: pulumi.Output<string>,
): docker.ContainerArgs['labels'] {
  return pulumi
    .all([labels, owner])
    .apply(([given = [], value]) => [
      ...given.filter(({ label }) => label !== ownerLabel),
      { label: ownerLabel, value },
    ]);
}
