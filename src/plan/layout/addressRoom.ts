import type { Problems } from '../argument/problem';
import type { NetworkPlan } from '../network/network';
import { type Placement, rangeOf } from './placement';
import type { TakenAddresses } from './takenAddress';

/** Checks that a network has an address for each container, and that a passthru network has one container only. */
export function checkRoom(
  problems: Problems,
  network: NetworkPlan,
  attached: readonly Placement[],
  taken: TakenAddresses,
): void {
  if (network.mode === 'passthru' && attached.length > 1) {
    problems.addMessage(`must have one container, because its mode is passthru, got ${attached.length}`);
  }
  if (!network.isComplete) return;
  for (const family of [4, 6] as const) {
    const wanted = attached.filter(({ handedOut }) => handedOut.includes(family)).length;
    if (wanted === 0) continue;
    const subnets = network.subnets.filter(({ block }) => block.family === family);
    const free = subnets.reduce((sum, subnet) => sum + taken.freeCount(subnet.block, rangeOf(subnet)), 0n);
    if (wanted > free) {
      const expected = `must have an IPv${family} address for each of ${wanted} containers without a fixed one`;
      problems.at('subnets').addMessage(`${expected}, got ${free} to hand out`);
    }
  }
}
