import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LocalWorkspace, PulumiCommand, Stack } from '@pulumi/pulumi/automation';
import type { ConfigValue, Job } from './operation';

/** A Pulumi program; gives its outputs. */
type Program = () => Promise<Record<string, unknown>>;

/** Where the backend of a stack's folder is. */
export const backendFolder = (folder: string) => join(folder, 'state');

/** The file that the backend keeps a stack in. */
export const stackFile = ({ folder, project, stack }: Pick<Job, 'folder' | 'project' | 'stack'>) =>
  join(backendFolder(folder), '.pulumi', 'stacks', project, `${stack}.json`);

/**
 * The stack, made where there is none. Every call of the CLI costs a quarter of a second, so the Automation API makes none but for the
 * operation itself: each names its stack, what the last one did we have heard, and a program without exports has no outputs.
 */
export async function openStack(job: Job, program: Program): Promise<Stack> {
  let hasOutputs = false;
  await mkdir(backendFolder(job.folder), { recursive: true });
  const workspace = await LocalWorkspace.create({
    workDir: job.folder,
    pulumiCommand: await PulumiCommand.get({ ...rootOf(job.pulumi), skipVersionCheck: true }),
    secretsProvider: 'passphrase',
    projectSettings: { name: job.project, runtime: 'nodejs' },
    envVars: { PULUMI_BACKEND_URL: `file://${backendFolder(job.folder)}` },
    program: async () => {
      const outputs = await program();
      hasOutputs = Object.keys(outputs).length > 0;
      return outputs;
    },
  });
  const known = existsSync(stackFile(job));
  if (known) workspace.selectStack = () => Promise.resolve();
  const stack = await (known ? Stack.select(job.stack, workspace) : Stack.create(job.stack, workspace));
  stack.info = () => Promise.resolve(undefined);
  const outputs = stack.outputs.bind(stack);
  stack.outputs = () => (hasOutputs ? outputs() : Promise.resolve({}));
  await setConfig(stack, workspace, job);
  return stack;
}

/** The Automation API searches `bin` of a root folder. A binary in another folder comes from PATH, where the API finds it as well. */
const rootOf = (program: string) => (basename(dirname(program)) === 'bin' ? { root: join(program, '..', '..') } : {});

/** Config goes straight into the settings file; only secrets need the CLI, which encrypts them, and only when they changed. */
async function setConfig(stack: Stack, workspace: LocalWorkspace, job: Job): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(job.config)).digest('hex');
  const digestFile = join(job.folder, `.config-${job.stack}`);
  if ((await readFile(digestFile, 'utf8').catch(() => '')) === digest) return;
  const settings = await workspace.stackSettings(job.stack);
  const entries = Object.entries(job.config).map(
    ([key, value]) => [key.includes(':') ? key : `${job.project}:${key}`, value] as const,
  );
  const open = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  await workspace.saveStackSettings(job.stack, { ...settings, config: Object.fromEntries(open) });
  const secret = entries.filter(
    (entry): entry is [string, Exclude<ConfigValue, string>] => typeof entry[1] !== 'string',
  );
  if (secret.length > 0) {
    await stack.setAllConfig(
      Object.fromEntries(secret.map(([key, value]) => [key, { value: value.secret, secret: true }])),
    );
  }
  await writeFile(digestFile, digest);
}
