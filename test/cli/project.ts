import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Outcome, run } from '../../lab/command';
import { ensureEngine } from '../../lab/engine/engine';
import { installPackage } from './installation';

const repository = join(__dirname, '..', '..');

let installed: string | undefined;
const made: Project[] = [];

/** What the CLI printed, and its exit code. */
export interface Said extends Outcome {
  /** Both streams. */
  text: string;
  /** What it printed under "Diagnostics", of preview and update; not the lines of progress, which repeat parts of it. */
  diagnostics: string;
}

/** A Pulumi project in a folder of its own, away from the repository, its state beside it; run by the CLI as users do. */
export class Project {
  private constructor(
    readonly folder: string,
    private readonly environment: Record<string, string>,
    /** The same object for all environments of one project. */
    private readonly life = { hasStack: false },
  ) {}

  /** A copy of files of the repository, such as `examples/macvlan-trunk`, with the packed package installed beside them. */
  static copyOf(...paths: string[]): Project {
    const project = Project.make();
    const isFolder = paths.length === 1 && !paths[0]?.endsWith('.yaml');
    for (const path of paths) {
      const target = isFolder ? project.folder : join(project.folder, path);
      cpSync(join(repository, path), target, { recursive: true, filter: (name) => !name.endsWith('node_modules') });
    }
    return project;
  }

  /** A project of these files alone, by their names; in the backend of another one where its stacks are referred to. */
  static of(files: Record<string, string>, { backend }: { backend?: Project } = {}): Project {
    const project = Project.make(backend?.folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project.folder, name), text);
    return project;
  }

  private static make(backend?: string): Project {
    if (installed === undefined) {
      installed = mkdtempSync(join(tmpdir(), 'vlan-trunk-installed-'));
      installPackage(installed);
    }
    const folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-cli-'));
    symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'));
    const state = join(backend ?? folder, 'state');
    mkdirSync(state, { recursive: true });
    const project = new Project(folder, {
      PULUMI_BACKEND_URL: `file://${state}`,
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    });
    made.push(project);
    return project;
  }

  /** The same project with more in its environment. */
  with(environment: Record<string, string>): Project {
    return new Project(this.folder, { ...this.environment, ...environment }, this.life);
  }

  /** Makes the stack `lab` with this configuration, its keys with their namespace. */
  async configure(config: Record<string, unknown> = {}): Promise<this> {
    const { code, text } = await this.pulumi('stack', 'init', 'lab');
    if (code !== 0) throw new Error(text);
    this.life.hasStack = true;
    if (Object.keys(config).length > 0) this.reconfigure(config);
    return this;
  }

  /** Replaces the configuration of the stack `lab`. */
  reconfigure(config: Record<string, unknown>): void {
    const file = join(this.folder, 'Pulumi.lab.yaml');
    const settings = readFileSync(file, 'utf8').replace(/^config:[^]*/m, '');
    // JSON is YAML.
    writeFileSync(file, `${settings}config: ${JSON.stringify(config)}\n`);
  }

  /** `pulumi …` in the project's folder; whatever it comes to is a result. */
  async pulumi(...words: string[]): Promise<Said> {
    const engine = await ensureEngine();
    const env = { ...process.env, ...engine.env, ...this.environment };
    const argv = [engine.pulumi, '--cwd', this.folder, '--non-interactive', '--color', 'never', ...words];
    const outcome = await run(argv, { env });
    const text = `${outcome.stdout}${outcome.stderr}`;
    const sections = [...text.matchAll(/^Diagnostics:\n((?:(?: .*)?\n)*)/gm)].map(([, section = '']) => section);
    // Each message is indented by four, below the name of its resource, which is by two.
    const lines = sections.join('').match(/(?<=^ {4}).*/gm) ?? [];
    return { ...outcome, text, diagnostics: lines.join('\n') };
  }

  preview(...flags: string[]): Promise<Said> {
    return this.pulumi('preview', ...flags);
  }

  /** Asks nothing; previews first, as the CLI does. */
  up(...flags: string[]): Promise<Said> {
    return this.pulumi('up', '--yes', ...flags);
  }

  destroy(): Promise<Said> {
    return this.pulumi('destroy', '--yes', '--skip-preview');
  }

  async forget(): Promise<void> {
    if (this.life.hasStack) await this.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Takes back what a test that failed has left on the hosts, and the folders; for `afterAll`. */
export async function forgetProjects(): Promise<void> {
  // The newest first: a backend is in the folder of an older one.
  for (const project of made.splice(0).reverse()) await project.forget();
  if (installed !== undefined) rmSync(installed, { recursive: true, force: true });
  installed = undefined;
}

/** What must succeed; all that the CLI said is the message when it does not. */
export async function succeeds(operation: Promise<Said>): Promise<Said> {
  const said = await operation;
  if (said.code !== 0) throw new Error(`exit code ${said.code}\n${said.text}`);
  return said;
}
