import type * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import type { Host } from './host';

/**
 * Where all containers of the host go, they are removed by force, with their volumes: the provider's way, unless it was told otherwise.
 * @param isOnMadeNetwork - true if the container is on a `docker.Network` of the program. The engine deletes that after the containers whose deletion
 * it has seen, and not after those that are removed together.
 */
export function removedTogether(
  { destroyGraceSeconds, removeVolumes }: Pick<docker.ContainerArgs, 'destroyGraceSeconds' | 'removeVolumes'>,
  host: Host | undefined,
  isOnMadeNetwork: boolean,
): pulumi.CustomResourceOptions {
  const asUsual = destroyGraceSeconds === undefined && (removeVolumes === undefined || removeVolumes === true);
  return host === undefined || isOnMadeNetwork || !asUsual ? {} : { deletedWith: host.removals.ofContainers };
}
