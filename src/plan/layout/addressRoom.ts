import type { Problems } from '../argument/problem';
import type { ForeignAddresses } from './foreignAddress';
import type { NetworkPlan } from '../network/network';
import { type Placement, rangeOf } from './placement';
import type { TakenAddresses } from './takenAddress';

/**
 * Checks that a network has an address for each container, and that a passthru network has one container only. Containers of others that the
 * host has on it count as well.
 */
export function checkRoom(
  problems: Problems,
  network: NetworkPlan,
  attached: readonly Placement[],
  taken: TakenAddresses,
  foreign: ForeignAddresses,
): void {
  if (network.mode === 'passthru' && attached.length > 0) checkAlone(problems, network, attached, foreign);
  if (!network.isComplete) return;
  for (const family of [4, 6] as const) {
    const wanted = attached.filter(({ handedOut }) => handedOut.includes(family)).length;
    if (wanted === 0) continue;
    const subnets = network.subnets.filter(({ block }) => block.family === family);
    const free = subnets.reduce((sum, subnet) => sum + taken.freeCount(subnet.block, rangeOf(subnet)), 0n);
    if (wanted > free) {
      const expected = `must have an IPv${family} address for each of ${wanted} containers without a fixed one`;
      const others = named(
        subnets.flatMap(({ block }) => foreign.heldIn(network, block)).map(({ container }) => container),
      );
      problems
        .at('subnets')
        .addMessage(`${expected}, got ${free} to hand out${others && ` beside those of ${others}`}`);
    }
  }
}

function checkAlone(
  problems: Problems,
  network: NetworkPlan,
  attached: readonly Placement[],
  foreign: ForeignAddresses,
): void {
  const others = network.subnets.flatMap(({ block }) => foreign.heldIn(network, block));
  const names = [...new Set(others.filter((one) => one.network === network.name).map(({ container }) => container))];
  const count = attached.length + names.length;
  if (count < 2) return;
  const which = names.length === 0 ? '' : `, with ${named(names)} of others`;
  problems.addMessage(`must have one container, because its mode is passthru, got ${count}${which}`);
}

/** Number of containers of others that a message names; the rest is counted. */
const namedContainers = 3;

/** Names in words, each once; empty for none. */
function named(all: readonly string[]): string {
  const names = [...new Set(all)].sort();
  const more = names.length - namedContainers;
  return `${names.slice(0, namedContainers).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
