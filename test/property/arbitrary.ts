import fc from 'fast-check';
import { unknown as notKnown } from '../../src/plan/argument/known';

/** Anything that a JavaScript caller could pass, with the values that real mistakes are made of. */
export const garbage = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom(null, undefined, NaN, -0, '', '50', '10.0.0.1/24', '__proto__', Symbol('s'), () => 1, notKnown),
);

/** Objects with these keys, each left out or holding garbage: deep enough to reach every check. */
export const wreck = (...keys: string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(keys.map((key) => [key, garbage])), { requiredKeys: [] });

export const listOf = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: fc.array(item, { maxLength: 4 }) }, { weight: 1, arbitrary: garbage });

/** A copy of a declaration in which one value, at any depth, is not known yet. */
export const withOneUnknown = (value: unknown): fc.Arbitrary<unknown> => {
  const paths = pathsOf(value);
  return fc.nat(paths.length - 1).map((index) => replaced(value, paths[index]!));
};

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, item]) => pathsOf(item).map((path) => [key, ...path]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return notKnown;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  return Object.assign(copy, { [key]: replaced((value as Record<string, unknown>)[key], rest) });
}

const octet = fc.nat(255);
/** Addresses by their bytes, so that nothing of the code under test takes part. */
export const ipv4Text = fc.tuple(octet, octet, octet, octet).map((bytes) => bytes.join('.'));
export const ipv6Text = fc.ipV6();
export const cidrText = fc.oneof(
  fc.tuple(ipv4Text, fc.nat(32)).map(([address, prefix]) => `${address}/${prefix}`),
  fc.tuple(ipv6Text, fc.nat(128)).map(([address, prefix]) => `${address}/${prefix}`),
);
