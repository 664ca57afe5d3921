/** The messages between the parent process and the worker. */

export type OperationName = 'preview' | 'up' | 'refresh' | 'destroy';

export type ConfigValue = string | { secret: string };

export interface Job {
  operation: OperationName;
  /** Path of the program's file; its exports are the stack's outputs. */
  program: string;
  project: string;
  stack: string;
  /** Holds the settings and, in `state`, the backend. */
  folder: string;
  config: Record<string, ConfigValue>;
  /** Path of the `pulumi` binary. */
  pulumi: string;
  /** Further options of the operation, for the Automation API. */
  options: OperationOptions;
}

export interface OperationOptions {
  /** URNs; only these and nothing else. */
  target?: string[];
  /** URNs that are to be replaced. */
  replace?: string[];
  /** Go on with independent resources after a failure. */
  continueOnError?: boolean;
  /** For refresh and destroy: runs the program as well, as `--run-program` does. */
  runProgram?: boolean;
  /** How many resources at once; the engine's own choice is 4 per core. */
  parallel?: number;
}

/** One step of the engine, from when it was begun. */
export interface Step {
  /** As the engine calls it: create, update, same, delete, replace, create-replacement, delete-replaced, refresh, read, import … */
  op: string;
  urn: string;
  type: string;
  /** The last part of the URN. */
  name: string;
  /** Top-level inputs that differ. */
  diffs?: string[];
  /** Property path → how it differs, such as `update`, `add-replace`. */
  detailedDiff?: Record<string, string>;
  /** Order among all begins and ends of the operation. */
  began: number;
  /** Missing where the step did not end, or failed. */
  ended?: number;
  failed?: true;
}

export interface StackOutput {
  value: unknown;
  secret: boolean;
}

export interface OperationResult {
  ok: boolean;
  /** What the CLI printed. */
  output: string;
  /** In the engine's order. */
  steps: Step[];
  /** How many resources by kind of change, such as `{ create: 3, same: 1 }`. */
  changes: Record<string, number>;
  /** The stack's outputs; after a preview those that are known. */
  outputs: Record<string, StackOutput>;
  /** Why it failed. */
  error?: string;
  /** The error messages of each resource that failed, by its name. */
  errorsOf: Record<string, string>;
  /** The messages of the engine, the plugins and the program: `severity: text`. */
  diagnostics: string[];
  /** What only passes by on a terminal: the output of commands, and "retrying". */
  passing: string[];
  seconds: number;
}

export type FromWorker = { output: string } | { result: OperationResult };
export type ToWorker = { job: Job } | { stop: true };
