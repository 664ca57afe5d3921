import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEngine } from '../../lab/engine/engine';
import { type OperationResult, Stack } from '../../lab/engine/stack';
import { currentLab } from '../../lab/lab';

/** A lab host as a program's configuration names it. */
export interface HostConfig {
  name: string;
  address: string;
  hostKey: string;
  privateKeyFile: string;
  user?: string;
  port?: number;
  sudo?: boolean;
}

/** How the lab's hosts are reached, in the order asked for. */
export function hostConfigs(...names: string[]): HostConfig[] {
  const { hosts, privateKeyFile } = currentLab();
  return names.map((name) => {
    const host = hosts.find((one) => one.name === name);
    if (host === undefined) throw new Error(`the lab has no host ${name}`);
    return { name, address: host.address, hostKey: host.hostKey, privateKeyFile };
  });
}

const made: Stack[] = [];

/** A new stack of a program, its state in a temporary folder. */
export async function newStack(program: string, project: string, config: Record<string, unknown>): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), `vlan-trunk-${project}-`));
  const stack = new Stack({
    program,
    project,
    stack: 'lab',
    folder,
    config: asConfig(config),
    engine: await ensureEngine(),
  });
  made.push(stack);
  return stack;
}

/** The same stack with other configuration. */
export function configured(stack: Stack, config: Record<string, unknown>): Stack {
  return stack.with({ config: asConfig(config) });
}

/** Structured configuration is JSON text, as `pulumi config set --path` writes it. */
function asConfig(config: Record<string, unknown>): Record<string, string> {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, text(value)]));
}

/** Takes back what a test that failed has left, so that the next one fails only for its own reasons. */
export async function forgetStacks(): Promise<void> {
  for (const stack of made.splice(0)) {
    const left = await stack.exportState().catch(() => undefined);
    // A host whose private key is a text in the program needs the program.
    if (left !== undefined && left.resources.length > 0 && !(await stack.destroy()).ok) {
      await stack.destroy({ runProgram: true });
    }
    rmSync(stack.args.folder, { recursive: true, force: true });
  }
}

/** An operation that must succeed. If it fails, its output is the error's message. */
export async function succeeds(operation: Promise<OperationResult>): Promise<OperationResult> {
  const result = await operation;
  if (!result.ok) throw new Error(`${result.error ?? 'failed'}\n${result.output}`);
  return result;
}

/** What an operation did, `op name`, leaving out what stayed the same. */
export function doings({ steps }: OperationResult): string[] {
  return steps.filter(({ op }) => op !== 'same' && op !== 'refresh').map(({ op, name }) => `${op} ${untagged(name)}`);
}

/** A resource's name without the hash of the owner of links. */
export function untagged(name: string): string {
  return name.replace(/-removal-[0-9a-f]{8}$/, '-removal');
}

/** The problems that the gate reported, each once; the lines of other hooks that refer to them are left out. */
export function problemsIn(error: string): string[] {
  return error.split('\n').flatMap((line) => /^ {2}(\S.*)/.exec(line)?.slice(1) ?? []);
}
