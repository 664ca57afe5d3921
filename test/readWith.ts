import { formatProblems, type Problem, Problems } from '../src/plan/argument/problem';

/** Reads a declaration as components do (`readTrunk`, `readShim`), which also return what they can of a wrong one. */
type Reader<T> = (problems: Problems, value: unknown) => T;

/** All problems of a declaration. */
export function problemsWith(read: Reader<unknown>, value: unknown): Problem[] {
  const problems = new Problems();
  read(problems, value);
  return problems.list;
}

/** The plan of a declaration that must be right. */
export function planWith<T>(read: Reader<T | undefined>, value: unknown): T {
  const problems = new Problems();
  const plan = read(problems, value);
  if (problems.list.length > 0) throw new Error(formatProblems('declaration', problems.list));
  if (plan === undefined) throw new Error('not fully known');
  return plan;
}
