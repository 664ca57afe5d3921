/**
 * Stands for a value that Pulumi does not know yet at preview. A check skips it, and never crashes on it.
 * Not `undefined`, which means that the argument was left out.
 */
export const unknown: unique symbol = Symbol.for('vlan-trunk:unknown');

/** A value, or the marker for one that will be known at `pulumi up`. */
export type Known<T> = T | typeof unknown;

/** True for a value that is here to be checked; false for the marker. */
export function isKnown<T>(value: Known<T>): value is T {
  return value !== unknown;
}
