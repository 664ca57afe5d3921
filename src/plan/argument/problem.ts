import { isKnown } from './known';
import { show } from './show';

/**
 * One thing that is wrong with an argument. The path says where (`vlans[1].vlanId`; empty for the argument itself), the message what was
 * expected and what was given (`must be an integer from 1 to 4094, got 5000`).
 */
export interface Problem {
  path: string;
  message: string;
}

const plainKey = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/**
 * Collects all problems of an argument, so that they can be reported together. `at` steps into a part of the argument and writes to the
 * same list, so each check knows only its own part of the path.
 */
export class Problems {
  readonly list: Problem[];
  /** Paths of the values that were not known yet: skipped by the checks, but nothing to make a plan of. */
  readonly skipped: string[];
  readonly path: string;

  constructor(path = '', root?: Problems) {
    this.path = path;
    this.list = root?.list ?? [];
    this.skipped = root?.skipped ?? [];
  }

  /** The collector for a property or a list's element of this argument. */
  at(step: string | number): Problems {
    return new Problems(join(this.path, step), this);
  }

  /** The collector for a place whose path below this one was recorded earlier. */
  below(path: string): Problems {
    return new Problems(this.path === '' ? path : `${this.path}.${path}`, this);
  }

  /** Adds `<expected>, got <found>`, with a suggested fix if there is one. A value that is not known yet is recorded as skipped. */
  add(expected: string, found: unknown, fix?: string): void {
    if (!isKnown(found)) this.skipped.push(this.path);
    else this.addMessage(`${expected}, got ${show(found)}${fix === undefined ? '' : ` (did you mean ${fix}?)`}`);
  }

  /** Number of problems and unknown values so far. The same before and after a check: the check's part is right and fully known. */
  count(): number {
    return this.list.length + this.skipped.length;
  }

  /** Adds a message that does not fit "expected, got". */
  addMessage(message: string): void {
    this.list.push({ path: this.path, message });
  }
}

function join(path: string, step: string | number): string {
  if (typeof step === 'number' || !plainKey.test(step)) return `${path}[${show(step)}]`;
  return path === '' ? step : `${path}.${step}`;
}

/** Several problems as one text: the title and the number, then a line for each. */
export function formatProblems(title: string, problems: readonly Problem[]): string {
  return `${title}: ${listProblems(problems)}`;
}

/** The same without a title, where the text around it names the subject already. */
export function listProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.map(({ path, message }) => (path === '' ? `  ${message}` : `  ${path}: ${message}`));
  return [count, ...lines].join('\n');
}
