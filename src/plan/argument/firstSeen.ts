import type { Problems } from './problem';

/** Records where each value of a kind (a name, an address) was given first; the same value again is a problem that names that place. */
export class FirstSeen {
  readonly #paths: Map<string, string>;
  readonly #reported: string | undefined;

  constructor(paths = new Map<string, string>(), reported?: string) {
    this.#paths = paths;
    this.#reported = reported;
  }

  /** True the first time; the second time a problem `must be given once, got <found> also at <path>`. */
  add(problems: Problems, key: string, found: string): boolean {
    const first = this.#paths.get(key);
    if (first === undefined) {
      this.#paths.set(key, problems.path);
      return true;
    }
    if (!this.isReported(first)) problems.addMessage(`must be given once, got ${found} also at ${first}`);
    return false;
  }

  /**
   * The same record, for a part of which each repetition of a value at `path` or below it has been reported in another way: that is no
   * further problem.
   */
  besides(path: string | undefined): FirstSeen {
    return new FirstSeen(this.#paths, path);
  }

  /** Where the value was given first; `undefined` if it was not. */
  placeOf(key: string): string | undefined {
    return this.#paths.get(key);
  }

  private isReported(first: string): boolean {
    if (this.#reported === undefined || !first.startsWith(this.#reported)) return false;
    return ['.', '[', undefined].includes(first[this.#reported.length]);
  }
}
