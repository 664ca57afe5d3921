import type * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import type { Host } from './host';

/**
 * Where all containers of the host go, they are removed by force, with their volumes: the provider's way, unless it was told otherwise.
 * @param isOnNetworkApart - true if the container is on a network whose removal would not wait for that one session.
 */
export function removedTogether(
  { destroyGraceSeconds, removeVolumes }: Pick<docker.ContainerArgs, 'destroyGraceSeconds' | 'removeVolumes'>,
  host: Host | undefined,
  isOnNetworkApart: boolean,
): pulumi.CustomResourceOptions {
  const asUsual = destroyGraceSeconds === undefined && (removeVolumes === undefined || removeVolumes === true);
  return host === undefined || isOnNetworkApart || !asUsual ? {} : { deletedWith: host.removals.ofContainers };
}
