import type { EndFact, EndFacts } from '../plan/reach/diagnosis';

/** Reads what a host prints of one end of a way: `NAME=VALUE` words, those without a value left out. */
export function readEnd(words: string): EndFacts {
  const pairs = words
    .split(' ')
    .map((word) => word.split('='))
    .filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(pairs) as Partial<Record<EndFact, string>>;
}
