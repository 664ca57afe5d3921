import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../../lab/command';
import { ensureEngine } from '../../lab/engine/engine';
import { currentLab } from '../../lab/lab';
import { hostFacts } from './facts';
import { forgetStacks, newStack, succeeds } from './stack';

/** The repository as a Pulumi project: its Pulumi.yaml and the config of its stack `lab`. Only previews. */

const repository = join(__dirname, '..', '..');
/** A copy of the project's files, since `pulumi` writes into them. */
const project = mkdtempSync(join(tmpdir(), 'vlan-trunk-root-'));

/** The real CLI in the project, with a backend of its own. */
async function pulumi(...words: string[]): Promise<string> {
  const engine = await ensureEngine();
  const env = { ...process.env, ...engine.env, PULUMI_BACKEND_URL: `file://${join(project, 'state')}` };
  return must([engine.pulumi, '--cwd', project, '--non-interactive', ...words], { env });
}

async function hostsOf(stack: string): Promise<unknown> {
  const said = await pulumi('config', '--json', '--stack', stack);
  return (JSON.parse(said) as Record<string, { objectValue: unknown }>)['vlan-trunk:hosts']?.objectValue;
}

/** The value of a top-level key of Pulumi.yaml. */
function setting(key: string): string {
  const [, value = ''] =
    new RegExp(`^${key}: (.+)$`, 'm').exec(readFileSync(join(project, 'Pulumi.yaml'), 'utf8')) ?? [];
  return value;
}

/** Runs with an ssh agent that holds the lab's key, as README.md says to do. */
async function withAgent<T>(work: (socket: string) => Promise<T>): Promise<T> {
  const said = execFileSync('ssh-agent', ['-s']).toString();
  const [, socket = ''] = /SSH_AUTH_SOCK=([^;]+)/.exec(said) ?? [];
  const [, pid = ''] = /SSH_AGENT_PID=(\d+)/.exec(said) ?? [];
  try {
    const { privateKeyFile } = currentLab();
    execFileSync('ssh-add', ['-q', privateKeyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    return await work(socket);
  } finally {
    process.kill(Number(pid));
  }
}

beforeAll(() => {
  mkdirSync(join(project, 'state'));
  for (const file of ['Pulumi.yaml', 'Pulumi.lab.yaml']) copyFileSync(join(repository, file), join(project, file));
});
afterAll(async () => {
  rmSync(project, { recursive: true, force: true });
  await forgetStacks();
});

test('its stack "lab" previews the trunk on the hosts of the lab, with the key from the ssh agent', async () => {
  const { hosts } = currentLab();
  const untouched = await Promise.all(['n1', 'n2'].map(hostFacts));
  await pulumi('stack', 'init', 'lab');
  const config = await hostsOf('lab');
  expect(config).toEqual(hosts.slice(0, 2).map(({ name, address }) => ({ name, address, acceptAnyHostKey: true })));

  const stack = await newStack(join(setting('main'), 'index.ts'), setting('name'), { hosts: config });
  const { changes, diagnostics, steps } = await withAgent((socket) =>
    succeeds(stack.with({ environment: { SSH_AUTH_SOCK: socket } }).preview()),
  );
  expect(changes).toEqual({ create: 29 });
  // A host that cannot be reached would be a warning.
  expect(diagnostics).toEqual([]);
  expect(steps.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['vlan-trunk-lab', 'n1-trunk', 'n2-trunk', 'b4']),
  );
  expect(await Promise.all(['n1', 'n2'].map(hostFacts))).toEqual(untouched);
});

test('hosts set by `pulumi config set --path`, as the examples say, are what the program reads', async () => {
  await pulumi('stack', 'init', 'home');
  const set = (path: string, value: string) => pulumi('config', 'set', '--stack', 'home', '--path', path, value);
  await set('hosts[0].name', 'n1');
  await set('hosts[0].address', '192.0.2.11');
  await set('hosts[0].port', '2222');
  await set('hosts[0].sudo', 'true');
  await set('hosts[1].name', 'n2');
  expect(await hostsOf('home')).toEqual([
    { name: 'n1', address: '192.0.2.11', port: 2222, sudo: true },
    { name: 'n2' },
  ]);
});
