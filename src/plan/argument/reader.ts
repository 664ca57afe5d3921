import type { Problems } from './problem';

/*
 * Readers take a value of any kind, because callers in YAML or with `any` reach us past the type checker. Each returns
 * the value in its type, or `undefined` after adding a problem. A value not known yet is `undefined` without one.
 */

/** Reads an argument that may be left out. */
export function optional<T>(value: unknown, read: (value: unknown) => T | undefined): T | undefined {
  return value === undefined ? undefined : read(value);
}

export function readString(problems: Problems, value: unknown, expected = 'must be a string'): string | undefined {
  if (typeof value === 'string') return checkWellFormed(problems, value) ? value : undefined;
  problems.add(expected, value);
  return undefined;
}

/** Refuses half of a character (a surrogate alone), which no UTF-8 can hold: the engine would break off with an error of its own. */
export function checkWellFormed(problems: Problems, text: string): boolean {
  if (text.isWellFormed()) return true;
  problems.add('must be whole characters (well-formed Unicode)', text);
  return false;
}

export function readPattern(problems: Problems, value: unknown, pattern: RegExp, expected: string): string | undefined {
  if (typeof value === 'string' && pattern.test(value)) return checkWellFormed(problems, value) ? value : undefined;
  problems.add(expected, value);
  return undefined;
}

export function readInteger(problems: Problems, value: unknown, from: number, to: number): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  problems.add(`must be an integer from ${from} to ${to}`, value);
  return undefined;
}

export function readBoolean(problems: Problems, value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  problems.add('must be true or false', value);
  return undefined;
}

export function readChoice<T extends string>(problems: Problems, value: unknown, choices: readonly T[]): T | undefined {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) problems.add(`must be one of ${choices.join(', ')}`, value);
  return found;
}

export function readList(problems: Problems, value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  problems.add('must be a list', value);
  return undefined;
}

export function readObject(problems: Problems, value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  problems.add('must be an object', value);
  return undefined;
}
