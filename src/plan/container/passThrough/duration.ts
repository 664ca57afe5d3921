/** Units of a duration in Go's spelling, in nanoseconds. Both letters µ are in use. */
const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const duration = /^\+?(?:\d+(?:\.\d*)?(?:ns|us|µs|μs|ms|s|m|h)|\.\d+(?:ns|us|µs|μs|ms|s|m|h))+$/;
const part = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g;
/** Go holds a duration in 64 bits with a sign. */
const longest = 2n ** 63n - 1n;

/** A duration as Go writes it (`time.Duration.String`) and the provider reads it back: `60s` and `1m` are `1m0s`. */
export function normalDuration(text: string): string {
  const length = /^\+?0$/.test(text) ? 0n : nanoseconds(text);
  return length === undefined || length > longest ? text : written(length);
}

function nanoseconds(text: string): bigint | undefined {
  if (!duration.test(text)) return undefined;
  return [...text.matchAll(part)].reduce((sum, [, whole = '', fraction = '', unit = '']) => {
    const size = units[unit] ?? 0n;
    // Fractions of a nanosecond are cut off, as Go does.
    return sum + BigInt(whole || '0') * size + (BigInt(fraction || '0') * size) / 10n ** BigInt(fraction.length);
  }, 0n);
}

function written(length: bigint): string {
  if (length === 0n) return '0s';
  if (length < 1_000n) return `${length}ns`;
  if (length < 1_000_000n) return `${decimal(length, 3)}µs`;
  if (length < 1_000_000_000n) return `${decimal(length, 6)}ms`;
  const minutes = length / (units.m ?? 1n);
  const hours = minutes / 60n;
  const seconds = `${decimal(length % (units.m ?? 1n), 9)}s`;
  if (minutes === 0n) return seconds;
  return hours === 0n ? `${minutes}m${seconds}` : `${hours}h${minutes % 60n}m${seconds}`;
}

/** The number divided by 10 to the power of `places`, without zeros at its end. */
function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}
