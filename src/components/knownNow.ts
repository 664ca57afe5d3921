import * as pulumi from '@pulumi/pulumi';
import { unknown } from '../plan/argument/known';

/**
 * The arguments as far as they are plain values, for the checks that need not wait: whatever is still an Output or a
 * promise becomes the marker that checks skip. Components (hosts, networks) are left as they are.
 */
export function knownNow(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return unknown;
  if (Array.isArray(value)) return value.map(knownNow);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownNow(inner)]));
}

/** Whether nothing in it is a marker: then it is the same when outputs have resolved. */
export function isKnownWhole(value: unknown): boolean {
  if (value === unknown) return false;
  if (Array.isArray(value)) return value.every(isKnownWhole);
  return !isPlainObject(value) || Object.values(value).every(isKnownWhole);
}

/** Calls back with the first values given to it, and with further ones until one lot of them is known as a whole. */
export function untilKnown(changed: () => void): (values: unknown) => void {
  let isWhole = false;
  return (values) => {
    if (!isWhole) changed();
    isWhole = isKnownWhole(values);
  };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
