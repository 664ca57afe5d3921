import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEngine, type Engine } from '../../lab/engine/engine';
import { Stack, type OperationResult, type StateResource, type Step } from '../../lab/engine/stack';
import { currentLab, onHost } from '../../lab/lab';
import type { Declared } from './declared';

/** One stack of declared resources on the lab, with names of its own so that others can run beside it. */
export class Scenario {
  private constructor(
    readonly id: string,
    readonly engine: Engine,
    private readonly folder: string,
    private stack: Stack,
  ) {}

  static async open(environment: Record<string, string | undefined> = {}): Promise<Scenario> {
    const engine = await ensureEngine();
    const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
    const stack = new Stack({
      program: 'test/conformance/program.ts',
      project: 'conformance',
      stack: 'test',
      folder,
      environment: { SSH_AUTH_SOCK: undefined, CONFORMANCE_DECLARED: join(folder, 'declared.json'), ...environment },
      engine,
    });
    return new Scenario(`c${randomBytes(3).toString('hex')}`, engine, folder, stack);
  }

  async declare(...resources: Declared[]): Promise<void> {
    await writeFile(join(this.folder, 'declared.json'), JSON.stringify(resources));
  }

  preview(...resources: Declared[]): Promise<OperationResult> {
    return this.declare(...resources).then(() => this.stack.preview());
  }

  up(...resources: Declared[]): Promise<OperationResult> {
    return this.declare(...resources).then(() => this.stack.up({ continueOnError: true, parallel: 6 }));
  }

  refresh(): Promise<OperationResult> {
    return this.stack.refresh();
  }

  destroy(): Promise<OperationResult> {
    return this.stack.destroy();
  }

  /** The resource as the state holds it. */
  async stateOf(name: string): Promise<StateResource> {
    const { resources } = await this.stack.exportState();
    const found = resources.find(({ urn, delete: old }) => urn.endsWith(`::${name}`) && old !== true);
    if (found === undefined) throw new Error(`the state holds no ${name}`);
    return found;
  }

  async isInState(name: string): Promise<boolean> {
    const { resources } = await this.stack.exportState();
    return resources.some(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** A network of 16 addresses out of this scenario's own 256 in 100.64.0.0/10. */
  subnet(index: number, prefix = 28): string {
    return `${this.address(index, 0)}/${prefix}`;
  }

  address(index: number, host: number): string {
    const [high = 0, low = 0] = Buffer.from(this.id.slice(1), 'hex');
    return `100.${64 + (high % 64)}.${low}.${index * 16 + host}`;
  }

  /** Takes everything down and forgets it; what a failed test left on the hosts as well. */
  async close(): Promise<void> {
    await this.stack.destroy();
    const named = `-f name=${this.id}`;
    const sweep = `docker ps -aq ${named} | xargs -r docker rm -f; docker network ls -q ${named} | xargs -r docker network rm`;
    await Promise.all(['n5', 'n6'].map((host) => ask(host, sweep)));
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** How to reach a host of the lab as root, for a command's `connection`. */
export async function connectionTo(
  name: string,
): Promise<{ host: string; port: number; user: string; privateKey: string }> {
  const { hosts, privateKeyFile } = currentLab();
  const host = hosts.find((candidate) => candidate.name === name)!;
  return { host: host.address, port: host.port, user: 'root', privateKey: await readFile(privateKeyFile, 'utf8') };
}

/** The docker provider for a host of the lab, under the host's name. */
export function dockerOn(
  name: string,
  address = currentLab().hosts.find((host) => host.name === name)!.address,
): Declared {
  const quiet = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'ConnectTimeout=5'];
  // One shared connection: by default the provider opens one for each resource, and sshd refuses more than ten at once.
  const shared = ['ControlMaster=auto', 'ControlPersist=10', `ControlPath=${join(tmpdir(), 'conformance-%C')}`];
  const sshOpts = ['-i', currentLab().privateKeyFile, ...[...quiet, ...shared].flatMap((option) => ['-o', option])];
  return { kind: 'docker', name, args: { host: `ssh://root@${address}`, sshOpts } };
}

/** What a host answers; the command has to succeed. */
export async function ask(host: string, command: string): Promise<string> {
  const { code, stdout, stderr } = await onHost(host, command);
  if (code !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout.trim();
}

export const stepOf = (result: OperationResult, name: string, op?: string): Step => {
  const found = result.steps.find((step) => step.name === name && (op === undefined || step.op === op));
  if (found === undefined) throw new Error(`no step ${op ?? ''} of ${name} in ${JSON.stringify(result.steps)}`);
  return found;
};

/** The operations on a resource, in order, such as `create-replacement delete-replaced`. */
export const opsOf = (result: OperationResult, name: string): string =>
  result.steps
    .filter((step) => step.name === name)
    .map(({ op }) => op)
    .join(' ');

/** A secret in an exported state. */
export const secret = expect.objectContaining({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
}) as unknown;
