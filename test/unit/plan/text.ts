import type { Problem } from '../../../src/plan/argument/problem';

/** Problems as one line each, the way users see them. */
export function lines(problems: readonly Problem[]): string[] {
  return problems.map(({ path, message }) => `${path}: ${message}`);
}
