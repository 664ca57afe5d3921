import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runAttached } from '../lab/command';

interface JestSummary {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: { name: string; startTime: number; endTime: number }[];
}

export const tool = (name: string) => join('node_modules', '.bin', name);

/** Counts what really ran, each check as one and each test, and tells it at the end. */
export class Tally {
  readonly #scratch = mkdtempSync(join(tmpdir(), 'vlan-trunk-test-'));
  readonly #since = Date.now();
  readonly #failures: string[] = [];
  readonly #leftOut: string[] = [];
  /** How long each file with tests took: where a run that has become too long begins to be made shorter. */
  readonly #files: { name: string; seconds: number }[] = [];
  #passed = 0;
  #failed = 0;

  constructor() {
    // Each operation on a stack loads Pulumi's SDK anew: a quarter of a second of processor time less (Node.js documentation, module compile cache).
    process.env.NODE_COMPILE_CACHE ??= join(this.#scratch, 'node');
  }

  /** Since the run began. */
  get minutes(): number {
    return (Date.now() - this.#since) / 60_000;
  }

  head(title: string): void {
    console.log(`\n=== ${title} (after ${Math.round((Date.now() - this.#since) / 1000)} s)`);
  }

  count(title: string, passed: number, failed: number): void {
    this.#passed += passed;
    this.#failed += failed;
    if (failed > 0) this.#failures.push(title);
  }

  /** What could not run here, and why. */
  leaveOut(what: string): void {
    this.#leftOut.push(what);
  }

  /** A program that passes with exit code 0; it counts as one. */
  async check(title: string, argv: string[], execute = runAttached): Promise<void> {
    this.head(title);
    const code = await execute(argv);
    this.count(title, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
  }

  /** Jest on some files; a test that was skipped, or a file that could not be run, is a failure, and so is nothing run. */
  async jest(title: string, execute: (argv: string[]) => Promise<number>, ...args: string[]): Promise<void> {
    this.head(title);
    const file = join(this.#scratch, `${title.replaceAll(' ', '-')}.json`);
    const code = await execute([tool('jest'), ...args, '--json', '--outputFile', file]);
    let failed = 0;
    let passed = 0;
    try {
      const summary = JSON.parse(readFileSync(file, 'utf8')) as JestSummary;
      passed = summary.numPassedTests;
      for (const { name, startTime, endTime } of summary.testResults)
        this.#files.push({ name: relative(process.cwd(), name), seconds: Math.round((endTime - startTime) / 1000) });
      failed =
        summary.numFailedTests + summary.numPendingTests + summary.numTodoTests + summary.numRuntimeErrorTestSuites;
    } catch (error) {
      console.error(`${title} left no summary: ${String(error)}`);
    }
    // An exit code that the counts do not explain is a failure too.
    if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
    this.count(title, passed, failed);
  }

  /** Prints the counts as the last line. The exit code is 0 only if something ran and nothing failed. */
  end(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
    if (this.#failures.length > 0) console.log(`\nfailed: ${this.#failures.join(', ')}`);
    const slowest = this.#files.sort((a, b) => b.seconds - a.seconds).slice(0, 15);
    console.log(`\nslowest files: ${slowest.map(({ name, seconds }) => `${name} ${seconds} s`).join(', ')}`);
    if (this.#leftOut.length > 0) console.log(`\nnot run: ${this.#leftOut.join(', ')}`);
    this.head('end');
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    process.exitCode = this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }
}
