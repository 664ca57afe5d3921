import type { Problems } from '../argument/problem';
import { readPattern } from '../argument/reader';

/** The names that the Engine accepts (moby, daemon/names): two characters at least. */
const containerName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Reads Docker's name of a container: at least two letters, digits, '_', '.' and '-', a letter or digit first. */
export function readContainerName(problems: Problems, value: unknown): string | undefined {
  const expected = "must be at least two letters, digits, '_', '.' and '-', a letter or digit first";
  return readPattern(problems, value, containerName, expected);
}
