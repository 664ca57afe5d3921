import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureEngine } from '../../lab/engine/engine';
import { forgetProjects, Project, succeeds } from './project';

/** What runs a program under the CLI: the official language host, or the lab's stand-in for it. No host of the lab is needed. */

afterAll(forgetProjects);

/** A project with one file of a program, which goes the way that its configuration names. */
async function project(runtime: string, file: string, text: string): Promise<Project> {
  const files = {
    'Pulumi.yaml': `name: small\nruntime: ${runtime}\n`,
    'package.json': `{ "main": "${file}" }`,
    [file]: text,
  };
  return Project.of(files).configure({ 'small:plain': 'seen', 'small:deep': { list: [1, 2] } });
}

const javaScript = '{ name: nodejs, options: { typescript: false, nodeargs: --title=ours } }';
/** The end of a program that the environment names. */
const ending = `
  const pulumi = require('@pulumi/pulumi');
  if (process.env.ENDING === 'log') pulumi.log.error('logged only');
  if (process.env.ENDING === 'throw') throw new Error('thrown');
  if (process.env.ENDING === 'refuse') throw new pulumi.RunError('refused');
  if (process.env.ENDING === 'exit') process.exit(7);
`;

test('is named in the line that every run prints', async () => {
  expect((await ensureEngine()).line).toMatch(/; nodejs( \S+)?: (installed|on PATH|downloaded|stand-in)$/);
});

test('ends the CLI with the exit code that the program came to, and reports its error once', async () => {
  const small = await project(javaScript, 'index.js', ending);
  const endAs = (way: string) => small.with({ ENDING: way }).preview();

  expect((await endAs('well')).code).toBe(0);
  // Why this project has tests by the CLI: an error that is only logged does not fail a preview.
  const logged = await endAs('log');
  expect([logged.code, logged.diagnostics.includes('error: logged only')]).toEqual([0, true]);
  for (const [way, message] of [
    ['throw', 'Error: thrown'],
    ['refuse', 'error: refused'],
    ['exit', 'Program exited with non-zero exit code: 7'],
  ] as const) {
    const { code, diagnostics } = await endAs(way);
    expect([way, code === 0, diagnostics.split(message).length - 1]).toEqual([way, false, 1]);
    // The CLI's own error is for what the program did not report itself.
    expect([way, diagnostics.includes('unhandled error')]).toEqual([way, way === 'exit']);
  }
});

test('gives the program its folder, arguments of node, configuration and whether it is a preview', async () => {
  const asked = `
    const pulumi = require('@pulumi/pulumi');
    const config = new pulumi.Config();
    module.exports = {
      is: [pulumi.getProject(), pulumi.getStack(), pulumi.runtime.isDryRun(), process.title, process.cwd()],
      config: [config.require('plain'), config.requireObject('deep'), config.requireSecret('hidden')],
    };`;
  const small = await project(javaScript, 'index.js', asked);
  await succeeds(small.pulumi('config', 'set', 'hidden', 'whisper', '--secret'));
  await succeeds(small.up('--skip-preview'));
  const { stdout } = await succeeds(small.pulumi('stack', 'output', '--json', '--show-secrets'));
  expect(JSON.parse(stdout)).toEqual({
    is: ['small', 'lab', false, 'ours', small.folder],
    config: ['seen', { list: [1, 2] }, 'whisper'],
  });
  expect((await succeeds(small.pulumi('stack', 'output', '--json'))).stdout).not.toContain('whisper');
});

test('compiles TypeScript, and names the line where its types are wrong', async () => {
  const small = await project('nodejs', 'index.ts', 'export const count: number = 1;\n');
  await succeeds(small.preview());
  const wrong = await project('nodejs', 'index.ts', "export const count: number = 'one';\n");
  const { code, text } = await wrong.preview();
  expect(code).not.toBe(0);
  expect(text).toMatch(/index\.ts[(:]1[,:]14/);
});

test('runs a plugin that is a Node.js program, as component providers are', async () => {
  const asked = `
    const pulumi = require('@pulumi/pulumi');
    class Thing extends pulumi.ComponentResource {
      constructor() {
        super('parts:index:Thing', 'thing', { text: 'made', said: undefined }, {}, true);
      }
    }
    exports.said = new Thing().said;`;
  const small = await project(
    `${javaScript}\nplugins: { providers: [{ name: parts, path: ./parts }] }`,
    'index.js',
    asked,
  );
  const provider = join(small.folder, 'parts');
  mkdirSync(provider);
  writeFileSync(join(provider, 'PulumiPlugin.yaml'), 'runtime: nodejs\n');
  writeFileSync(join(provider, 'package.json'), '{ "name": "parts", "version": "1.0.0", "main": "index.ts" }');
  writeFileSync(join(provider, 'tsconfig.json'), '{ "compilerOptions": { "module": "node16", "skipLibCheck": true } }');
  const component = `
    import * as pulumi from '@pulumi/pulumi';
    export interface ThingArgs { text: pulumi.Input<string> }
    export class Thing extends pulumi.ComponentResource {
      readonly said: pulumi.Output<string>;
      constructor(name: string, args: ThingArgs, options?: pulumi.ComponentResourceOptions) {
        super('parts:index:Thing', name, args, options);
        this.said = pulumi.output(args.text).apply((text) => \`\${text} by the provider\`);
        this.registerOutputs({ said: this.said });
      }
    }`;
  writeFileSync(join(provider, 'index.ts'), component);
  await succeeds(small.up('--skip-preview'));
  expect((await succeeds(small.pulumi('stack', 'output', 'said'))).stdout.trim()).toBe('made by the provider');

  writeFileSync(join(provider, 'index.ts'), "throw new Error('no provider');");
  const broken = await small.preview();
  expect(broken.code).not.toBe(0);
  for (const report of ['Error: no provider', 'exit code: 32']) expect(broken.diagnostics).toContain(report);
});

test('refuses an option that has the wrong type, and a program without its SDK', async () => {
  const option = await (await project('{ name: nodejs, options: { typescript: 1 } }', 'index.js', '')).preview();
  expect([option.code === 0, option.text]).toEqual([
    false,
    expect.stringContaining('typescript option must be a boolean'),
  ]);
  const bare = await project(javaScript, 'index.js', '');
  rmSync(join(bare.folder, 'node_modules'));
  const { code, text } = await bare.preview();
  expect([code === 0, text]).toEqual([false, expect.stringContaining('Have you run pulumi install?')]);
});
