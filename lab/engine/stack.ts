import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Engine } from './engine';
import type { ConfigValue, FromWorker, OperationName, OperationOptions, OperationResult, ToWorker } from './operation';
import { stackFile } from './settings';

export type { ConfigValue, OperationOptions, OperationResult, StackOutput, Step } from './operation';

const repository = join(__dirname, '..', '..');

export interface StackArgs {
  /** The program's file: top-level code, as any user's. Relative to the repository. */
  program: string;
  project: string;
  stack: string;
  /** Where settings and state are kept; made where it is missing. */
  folder: string;
  /** Keys without a namespace are the project's own. */
  config?: Record<string, ConfigValue>;
  /** Added to the environment of the program, the engine and the plugins; `undefined` takes a variable out. */
  environment?: Record<string, string | undefined>;
  engine: Engine;
  /** What the CLI prints, as it comes. */
  onOutput?: (text: string) => void;
}

/** A resource as the state holds it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  custom?: boolean;
  delete?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  dependencies?: string[];
}

export interface StackState {
  resources: StateResource[];
  pendingOperations: { resource: StateResource; type: string }[];
}

/** A Pulumi program on the real engine. Every operation runs in a process of its own; a failed operation is a result, not an exception. */
export class Stack {
  constructor(readonly args: StackArgs) {}

  preview(options?: OperationOptions): Promise<OperationResult> {
    return this.perform('preview', options);
  }

  up(options?: OperationOptions): Promise<OperationResult> {
    return this.perform('up', options);
  }

  refresh(options?: OperationOptions): Promise<OperationResult> {
    return this.perform('refresh', options);
  }

  destroy(options?: OperationOptions): Promise<OperationResult> {
    return this.perform('destroy', options);
  }

  /** The same stack with another program, config or environment. */
  with(changes: Partial<StackArgs>): Stack {
    return new Stack({ ...this.args, ...changes });
  }

  /** The stack's state as `pulumi stack export` gives it, secrets encrypted; read from the backend's file. */
  async exportState(): Promise<StackState> {
    const text = await readFile(stackFile(this.args), 'utf8');
    const { checkpoint } = JSON.parse(text) as { checkpoint: { latest?: Record<string, unknown> } };
    const latest = checkpoint.latest ?? {};
    return {
      resources: (latest.resources ?? []) as StateResource[],
      pendingOperations: (latest.pending_operations ?? []) as StackState['pendingOperations'],
    };
  }

  private perform(operation: OperationName, options: OperationOptions = {}): Promise<OperationResult> {
    const { engine, environment = {}, config = {}, program, project, stack, folder, onOutput } = this.args;
    const worker = fork(join(__dirname, 'worker.ts'), {
      cwd: repository,
      execArgv: ['--require', join(__dirname, 'typescript.js')],
      env: { ...process.env, ...engine.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new Promise((done, failed) => {
      let result: OperationResult | undefined;
      worker.on('message', (message: FromWorker) => {
        if ('output' in message) onOutput?.(message.output);
        else result = message.result;
      });
      worker.on('error', failed);
      // Not before its process has ended, as a command line would: some of what a program leaves goes only then.
      worker.on('exit', (code, signal) => {
        if (result !== undefined) done(result);
        else failed(new Error(`the ${operation} worker ended early (${signal ?? code ?? ''})`));
      });
      const paths = { program: resolve(repository, program), folder: resolve(folder) };
      worker.send({
        job: { operation, project, stack, config, pulumi: engine.pulumi, options, ...paths },
      } satisfies ToWorker);
    });
  }
}
