import type { Problems } from './problem';

/** Records where each value of a kind (a name, an address) was given first; the same value again is a problem that names that place. */
export class FirstSeen {
  readonly #paths = new Map<string, string>();

  /** True the first time; the second time a problem `must be given once, got <found> also at <path>`. */
  add(problems: Problems, key: string, found: string): boolean {
    const first = this.#paths.get(key);
    if (first === undefined) {
      this.#paths.set(key, problems.path);
      return true;
    }
    problems.addMessage(`must be given once, got ${found} also at ${first}`);
    return false;
  }
}
