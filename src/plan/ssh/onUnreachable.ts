import type { Problems } from '../argument/problem';
import { readChoice } from '../argument/reader';

/** What `up` does with a host that does not answer: it fails for what is on it, or leaves it as the state has it. */
export type OnUnreachable = 'fail' | 'skip';

const choices: readonly OnUnreachable[] = ['fail', 'skip'];

/** @param preflight - the argument: without it no host is asked, so that none is known to be silent. */
export function readOnUnreachable(problems: Problems, value: unknown, preflight: unknown): OnUnreachable | undefined {
  const choice = readChoice(problems, value, choices);
  if (choice === 'skip' && preflight === false) problems.addMessage('needs preflight, which is false');
  return choice;
}
