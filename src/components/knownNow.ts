import * as pulumi from '@pulumi/pulumi';
import { unknown } from '../plan/argument/known';

/**
 * The arguments as far as they are plain values, for checks in the constructor. Each output and promise becomes the marker that checks
 * skip. Components (hosts, networks) are left as they are.
 */
export function knownNow(value: unknown): unknown {
  if (isLate(value)) return unknown;
  if (Array.isArray(value)) return value.map(knownNow);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownNow(inner)]));
}

/** True for a value that is known only later: an output or a promise. */
export function isLate(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Arguments after their outputs and promises have resolved. */
export interface Resolved {
  /** The resolved values, with the marker in place of each output that stays unknown, as most do at preview. */
  readonly values: unknown;
  /** The texts of all secrets among them, which no message may show. */
  readonly secrets: string[];
}

/** Waits for all outputs in the arguments. An output that stays unknown until `up` does not make the other values unknown. */
export async function whenResolved(value: unknown): Promise<Resolved> {
  const secrets: string[] = [];
  const values = await resolve(value, secrets);
  return { values, secrets };
}

async function resolve(value: unknown, secrets: string[]): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) return resolveOutput(value, secrets);
  if (value instanceof Promise) return resolve(await value, secrets);
  if (Array.isArray(value)) return Promise.all(value.map((inner) => resolve(inner, secrets)));
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await resolve(inner, secrets)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function resolveOutput(output: pulumi.Output<unknown>, secrets: string[]): Promise<unknown> {
  let resolved: unknown = unknown;
  const seen = output.apply((value) => (resolved = value));
  // `isSecret` resolves even if the value is unknown and `apply` does not call its function.
  if (await pulumi.isSecret(seen)) collectTexts(resolved, secrets);
  return resolved;
}

/** Shorter texts are not hidden: a port's digits, for example, occur in too many other texts. */
const shortestSecret = 4;

function collectTexts(value: unknown, texts: string[]): void {
  if (typeof value === 'string' && value.length >= shortestSecret) texts.push(value);
  else if (Array.isArray(value) || isPlainObject(value))
    for (const inner of Object.values(value)) collectTexts(inner, texts);
}

/** True if no marker is left, so that no value can become known later. */
export function isFullyKnown(value: unknown): boolean {
  if (value === unknown) return false;
  if (Array.isArray(value)) return value.every(isFullyKnown);
  return !isPlainObject(value) || Object.values(value).every(isFullyKnown);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
