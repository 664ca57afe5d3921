import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../../lab/command';
import type { OperationResult } from '../../lab/engine/stack';
import { currentLab, waitUntil } from '../../lab/lab';
import type { Declared } from './declared';
import { Gate } from './gate';
import { connectionTo, Scenario, stepOf } from './scenario';

/** How `command:remote:Command` reaches a host, and its errors if it cannot: one `up` of many commands. */

let scenario: Scenario;
let result: OperationResult;
let keys: string;
let agent: ChildProcess;
const gates: Record<string, Gate> = {};

/** An agent with the lab's key, and that key under a password. */
async function prepareKeys(): Promise<{ socket: string; encrypted: string }> {
  keys = await mkdtemp(join(tmpdir(), 'keys-'));
  const socket = join(keys, 'agent');
  const key = join(keys, 'key');
  await copyFile(currentLab().privateKeyFile, key);
  agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  await waitUntil('the socket of the agent', () => existsSync(socket));
  await must(['ssh-add', '-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  await must(['ssh-keygen', '-q', '-p', '-f', key, '-P', '', '-N', 'password']);
  return { socket, encrypted: await readFile(key, 'utf8') };
}

beforeAll(async () => {
  const { socket, encrypted } = await prepareKeys();
  scenario = await Scenario.open({ SSH_AUTH_SOCK: socket });
  gates.shut = await Gate.open(undefined);
  gates.patient = await Gate.open(undefined);
  gates.second = await Gate.open('n5', 2);
  gates.pinned = await Gate.open('n5');
  const n5 = await connectionTo('n5');
  const n6 = await connectionTo('n6');
  const hostKeys = Object.fromEntries(currentLab().hosts.map(({ name, hostKey }) => [name, hostKey]));
  const at = ({ host, port }: Gate) => ({ ...n5, host, port });
  const command = (name: string, connection: Record<string, unknown>, args = {}): Declared => ({
    kind: 'command',
    name,
    args: { connection, create: 'cat /etc/hostname', ...args },
  });
  result = await scenario.up(
    command('shut', { ...at(gates.shut), dialErrorLimit: 2 }),
    command('patient', at(gates.patient)),
    command('second', at(gates.second)),
    command('pinned', { ...n5, hostKey: hostKeys.n5 }),
    command('mispinned', { ...at(gates.pinned), hostKey: hostKeys.n6, dialErrorLimit: 0 }),
    command('badPin', { ...n5, hostKey: 'nonsense' }),
    command('wrongUser', { ...n5, user: 'nobody-here', dialErrorLimit: 0 }),
    // Seen from n5, this is n5 itself.
    command('proxied', { ...n5, host: '127.0.0.1', proxy: n5 }),
    command('noProxy', { ...n6, proxy: { ...n5, port: 1, dialErrorLimit: 0 } }),
    command('encrypted', { ...n5, privateKey: encrypted, privateKeyPassword: 'password' }),
    command('locked', { ...n5, privateKey: encrypted }),
    command('byAgent', { ...n5, privateKey: undefined }),
    command('byNamedAgent', { ...n5, privateKey: undefined, agentSocketPath: socket }),
    command('noAgent', { ...n5, agentSocketPath: '/nowhere/agent' }),
    command('failing', n5, { create: 'echo out; echo err >&2; exit 3' }),
    command('variable', n5, { environment: { NOT_ACCEPTED: 'x' } }),
    command('accepted', n5, { environment: { LC_TEST: 'given' }, create: 'echo $LC_TEST' }),
  );
});

afterAll(async () => {
  await scenario.close();
  for (const gate of Object.values(gates)) gate.close();
  agent.kill();
  await rm(keys, { recursive: true, force: true });
});

/** The engine's error messages for one command that failed. */
const errorOf = (name: string): string => {
  expect(stepOf(result, name).failed).toBe(true);
  return result.errorsOf[name] ?? '';
};

const stdoutOf = async (name: string) => (await scenario.stateOf(name)).outputs?.stdout;

test('dials once more than the limit of errors, then gives up', () => {
  expect(gates.shut?.connections).toBe(3);
  expect(errorOf('shut')).toContain('after 2 failed attempts: ssh: handshake failed: ');
});

test('the limit is 10 by default, within about twelve seconds', () => {
  expect(gates.patient?.connections).toBe(11);
  expect(errorOf('patient')).toContain('after 10 failed attempts: ');
});

test('reports that it dials again', () => {
  expect(result.passing).toEqual(expect.arrayContaining(['Dial 1/2 failed: retrying', 'Dial 10/10 failed: retrying']));
});

test('a dial that succeeds in the end is a success', async () => {
  expect(gates.second?.connections).toBe(3);
  expect(await stdoutOf('second')).toBe('n5');
});

test('a host key that fits', async () => {
  expect(await stdoutOf('pinned')).toBe('n5');
});

test('a host key that does not fit is refused at each dial', () => {
  expect(gates.pinned?.connections).toBe(1);
  expect(errorOf('mispinned')).toContain('after 0 failed attempts: ssh: handshake failed: ');
});

test('a host key that is none fails before any dial', () => {
  expect(errorOf('badPin')).toContain('failed to parse host key: ');
});

test('a user that does not exist', () => {
  expect(errorOf('wrongUser')).toContain('ssh: unable to authenticate');
});

test('through a proxy', async () => {
  expect(await stdoutOf('proxied')).toBe('n5');
});

test('a proxy out of reach is named as such, and the address with it', () => {
  expect(errorOf('noProxy')).toMatch(/proxy: after 0 failed attempts: dial tcp [\d.]+:1: connect: connection refused/);
});

test('by an agent: that of the environment, or one that is named', async () => {
  expect(await stdoutOf('byAgent')).toBe('n5');
  expect(await stdoutOf('byNamedAgent')).toBe('n5');
});

test('with a key under a password', async () => {
  expect(await stdoutOf('encrypted')).toBe('n5');
  expect(errorOf('locked')).toContain('ssh: this private key is passphrase protected');
});

test('an agent that is not there fails a command that has a key', () => {
  expect(errorOf('noAgent')).toContain('dial unix /nowhere/agent: connect: no such file or directory');
});

test('a failing command: its exit status, its text and both outputs', () => {
  expect(errorOf('failing')).toMatch(
    /Process exited with status 3: running "echo out; echo err >&2; exit 3":\n(out\nerr|err\nout)/,
  );
});

test('a failed create leaves nothing in the state', async () => {
  expect(await scenario.isInState('failing')).toBe(false);
});

test('a variable that sshd does not accept fails the command', () => {
  expect(errorOf('variable')).toContain('could not set environment variable "NOT_ACCEPTED"');
});

test('a variable that sshd accepts', async () => {
  expect(await stdoutOf('accepted')).toBe('given');
});
