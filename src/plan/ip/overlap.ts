import type { Cidr } from './cidr';

interface Placed<T> {
  item: T;
  block: Cidr;
}

/**
 * Pairs of items whose blocks overlap: none if no two do, else one pair for each item that overlaps an earlier one in
 * the order of addresses. Sorts and sweeps once, so that thousands of subnets cost no more than their sorting.
 */
export function overlapping<T>(items: readonly T[], blockOf: (item: T) => Cidr): [T, T][] {
  const pairs: [T, T][] = [];
  let farthest: Placed<T> | undefined;
  for (const next of placed(items, blockOf)) {
    if (reaches(farthest, next)) pairs.push([farthest.item, next.item]);
    farthest = farther(farthest, next);
  }
  return pairs;
}

/** The same between two lists; overlaps inside one list do not count. */
export function overlappingAcross<T>(some: readonly T[], others: readonly T[], blockOf: (item: T) => Cidr): [T, T][] {
  const pairs: [T, T][] = [];
  const isOther = new Set(others);
  let farthestSome: Placed<T> | undefined;
  let farthestOther: Placed<T> | undefined;
  for (const next of placed([...some, ...others], blockOf)) {
    const opposite = isOther.has(next.item) ? farthestSome : farthestOther;
    if (reaches(opposite, next)) pairs.push([opposite.item, next.item]);
    if (isOther.has(next.item)) farthestOther = farther(farthestOther, next);
    else farthestSome = farther(farthestSome, next);
  }
  return pairs;
}

/**
 * All pairs of items of which one block holds the other, the larger one first; of equal blocks the item first that comes first. Two blocks
 * in CIDR form overlap only in this way. Sorts and sweeps once.
 */
export function nested<T>(items: readonly T[], blockOf: (item: T) => Cidr): [T, T][] {
  const pairs: [T, T][] = [];
  /** The blocks that hold the last one, each inside of the one before. */
  let around: Placed<T>[] = [];
  for (const next of placed(items, blockOf)) {
    around = around.filter((outer) => reaches(outer, next));
    for (const { item } of around) pairs.push([item, next.item]);
    around.push(next);
  }
  return pairs;
}

/** Pairs with the item first that was declared first, so that the problem is reported for the later one. */
export function inOrder<T extends { readonly index: number }>(pairs: readonly [T, T][]): [T, T][] {
  return pairs.map(([a, b]) => (a.index < b.index ? [a, b] : [b, a]));
}

function placed<T>(items: readonly T[], blockOf: (item: T) => Cidr): Placed<T>[] {
  return items.map((item) => ({ item, block: blockOf(item) })).sort((a, b) => compare(a.block, b.block));
}

/** Whether an item that begins no later than the next one reaches into it. */
function reaches<T>(farthest: Placed<T> | undefined, next: Placed<T>): farthest is Placed<T> {
  return farthest?.block.family === next.block.family && next.block.first <= farthest.block.last;
}

/** Of two items, the one that reaches farther: what overlaps any earlier item overlaps this one. */
function farther<T>(farthest: Placed<T> | undefined, next: Placed<T>): Placed<T> {
  if (farthest?.block.family !== next.block.family) return next;
  return next.block.last > farthest.block.last ? next : farthest;
}

function compare(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}
