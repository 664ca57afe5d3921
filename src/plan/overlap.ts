import type { Cidr } from './cidr';

/**
 * Pairs of items whose blocks overlap, one pair for each item that overlaps an earlier one in the order of addresses.
 * Sorts and sweeps once, so that thousands of subnets cost no more than their sorting.
 */
export function overlapping<T>(items: readonly T[], blockOf: (item: T) => Cidr): [T, T][] {
  const sorted = items.map((item) => ({ item, block: blockOf(item) })).sort((a, b) => compare(a.block, b.block));
  const pairs: [T, T][] = [];
  // The item that reaches farthest so far: whatever overlaps an earlier item overlaps this one or another like it.
  let farthest = sorted[0];
  for (const next of sorted.slice(1)) {
    if (farthest === undefined) break;
    const sameFamily = farthest.block.family === next.block.family;
    if (sameFamily && next.block.first <= farthest.block.last) pairs.push([farthest.item, next.item]);
    if (!sameFamily || next.block.last > farthest.block.last) farthest = next;
  }
  return pairs;
}

function compare(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}
