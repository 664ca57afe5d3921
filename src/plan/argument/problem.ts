import { isKnown } from './known';
import { show } from './show';

/**
 * One thing that is wrong with an argument: where (`vlans[1].vlanId`, empty for the whole), and what was expected and
 * found (`must be an integer from 1 to 4094, got 5000`).
 */
export interface Problem {
  path: string;
  message: string;
}

const plainKey = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/**
 * Collects problems, all of them before anybody is told. `at` steps into an argument and writes to the same list, so
 * each check knows only its own part of the path.
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

  /** The collector for a place that was noted as a path below this one. */
  below(path: string): Problems {
    return new Problems(this.path === '' ? path : `${this.path}.${path}`, this);
  }

  /** Adds `<expected>, got <found>`, with the fix where it is plain. What is not known yet is noted as skipped. */
  add(expected: string, found: unknown, fix?: string): void {
    if (!isKnown(found)) this.skipped.push(this.path);
    else this.say(`${expected}, got ${show(found)}${fix === undefined ? '' : ` (did you mean ${fix}?)`}`);
  }

  /** How much was found wrong or not known so far, to tell whether a part of it was. */
  count(): number {
    return this.list.length + this.skipped.length;
  }

  /** Adds a message that does not fit "expected, got". */
  say(message: string): void {
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

/** The same without a title, for a reader who knows already what it is about. */
export function listProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.map(({ path, message }) => (path === '' ? `  ${message}` : `  ${path}: ${message}`));
  return [count, ...lines].join('\n');
}
