/** Random numbers, the same for the same seed (mulberry32): from 0 to 1, and whole ones below a bound. */
export function seeded(seed: number): { random: () => number; upTo: (bound: number) => number } {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { random, upTo: (bound) => Math.floor(random() * bound) };
}
