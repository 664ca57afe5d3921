import type * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import type { Host } from './host';
import type { NetworkDeclaration } from './networkDeclaration';

/**
 * Where all containers of the host go, they are removed by force, with their volumes: the provider's way, unless it was told otherwise. Not one on a
 * VLAN of a VLAN: the engine deletes what depends on more before all that depends on less, so the inner links, and the networks on them, would have
 * to go before that one session has begun.
 */
export function removedTogether(
  { destroyGraceSeconds, removeVolumes }: Pick<docker.ContainerArgs, 'destroyGraceSeconds' | 'removeVolumes'>,
  host: Host | undefined,
  networks: readonly (NetworkDeclaration | undefined)[],
): pulumi.CustomResourceOptions {
  const asUsual = destroyGraceSeconds === undefined && (removeVolumes === undefined || removeVolumes === true);
  const isNested = networks.some((network) => network?.isNested);
  return host === undefined || !asUsual || isNested ? {} : { deletedWith: host.removals.ofContainers };
}
