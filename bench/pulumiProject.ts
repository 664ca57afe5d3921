import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import ts from 'typescript';
import { must } from '../lab/command';
import type { Engine } from '../lab/engine/engine';
import type { Command, Operation } from './competitor';

const stack = 'lab';

const words: Record<Operation, string[]> = {
  up: ['up', '--yes', '--skip-preview'],
  noop: ['preview', '--expect-no-changes'],
  destroy: ['destroy', '--yes', '--skip-preview'],
};

/**
 * A Pulumi project in a folder of its own, its state beside it, run by the CLI as users do. Its program is compiled beforehand, so
 * that no operation waits for the compiler.
 */
export class PulumiProject {
  private readonly env: Record<string, string | undefined>;

  constructor(
    readonly folder: string,
    private readonly engine: Engine,
    modules: string,
  ) {
    const state = join(folder, 'state');
    mkdirSync(state, { recursive: true });
    symlinkSync(modules, join(folder, 'node_modules'));
    this.env = {
      ...engine.env,
      PULUMI_BACKEND_URL: `file://${state}`,
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    };
  }

  /** The program `bench/pulumi/NAME.ts` with this configuration. */
  async initialize(program: string, config: Record<string, unknown>): Promise<this> {
    const source = readFileSync(join(__dirname, 'pulumi', `${program}.ts`), 'utf8');
    const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS };
    this.write('index.js', ts.transpileModule(source, { compilerOptions }).outputText);
    this.write('package.json', '{ "main": "index.js" }');
    this.write('Pulumi.yaml', 'name: bench\nruntime: { name: nodejs, options: { typescript: false } }\n');
    await this.must('stack', 'init', stack);
    const file = `Pulumi.${stack}.yaml`;
    // JSON is YAML.
    const settings = readFileSync(join(this.folder, file), 'utf8').replace(/^config:[^]*/m, '');
    this.write(file, `${settings}config: ${JSON.stringify(config)}\n`);
    return this;
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  command(operation: Operation): Command {
    return { argv: this.argv(words[operation]), env: this.env };
  }

  must(...args: string[]): Promise<string> {
    return must(this.argv(args), { env: { ...process.env, ...this.env } });
  }

  private argv(args: string[]): string[] {
    return [this.engine.pulumi, '--cwd', this.folder, '--non-interactive', '--color', 'never', ...args];
  }
}
