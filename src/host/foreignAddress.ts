import type { ForeignAddress } from '../plan/layout/foreignAddress';
import { inWords } from '../plan/layout/foreignContainer';
import { parseAddress } from '../plan/ip/address';
import type { ExistingContainer } from './existingContainer';
import type { ExistingNetwork } from './existingNetwork';

/**
 * The addresses of containers that are not of this stack.
 * @param containers - those containers.
 * @param networks - all networks of the host.
 */
export function foreignAddresses(
  containers: readonly ExistingContainer[],
  networks: readonly ExistingNetwork[],
): ForeignAddress[] {
  const pools = new Map(networks.map(({ name, subnets }) => [name, subnets.map(({ block }) => block.text)]));
  return containers.flatMap((container) =>
    container.addresses.flatMap(({ network, text, isHeld }) => {
      const address = parseAddress(text);
      if (address === undefined) return [];
      const found = { address, network, isHeld, pools: pools.get(network) ?? [] };
      return [{ ...found, container: container.name, holder: inWords(container) }];
    }),
  );
}
