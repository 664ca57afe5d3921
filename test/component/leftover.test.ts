import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { leftoverHook } from '../../src/components/leftover';
import { ProgramsOnPath } from '../programsOnPath';
import { recordHooks } from './engineWithHooks';
import { anyTarget } from '../sshTarget';

/** Programs on PATH stand for the local ssh and for docker on the host, which notes what it is asked; leftover.sh itself runs for real. */

recordHooks();

const owner = '0b8c8a3e-6a49-4a25-9a4b-9a6e3a1f1d10';
const [hook] = leftoverHook('hook', pulumi.output(owner), () => anyTarget) as [pulumi.ErrorHook];
const programs = new ProgramsOnPath();
const program = programs.make.bind(programs);

beforeEach(() => {
  program('ssh', 'for last; do :; done; exec /bin/sh -c "$last"');
});

/** A host whose docker has one network or container, and fails to remove it where there are words for that. */
function host(found: string, { users = '', failure = '' }: { users?: string; failure?: string } = {}): void {
  program(
    'docker',
    `echo "$*" >>${programs.folder}/log
     case "$1 $2" in
     *inspect) echo '${found}';;
     "ps --all") [ -z '${users}' ] || echo '${users}';;
     *) [ -z '${failure}' ] || { echo '${failure}' >&2; exit 1; };;
     esac`,
  );
}

/** What docker was asked to remove. */
function removed(): string[] {
  const log = join(programs.folder, 'log');
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return lines.filter((line) => /(^| )rm /.test(line));
}

const taken = {
  network: 'Unable to create network: Error response from daemon: network with name lan already exists',
  container:
    'Unable to create container: Error response from daemon: Conflict. The container name "/lan" is already in use by container "77". You have to remove (or rename) that container',
};
const types = { network: 'docker:index/network:Network', container: 'docker:index/container:Container' };

/** The hook for a Docker resource `lan` that could not be made. */
function failed(kind: keyof typeof types, change: Partial<pulumi.ErrorHookArgs> = {}): boolean | Promise<boolean> {
  const inputs = { newInputs: { name: 'lan' }, failedOperation: 'create', errors: [taken[kind]] };
  return hook.callback({ urn: 'urn', id: '', name: 'lan-x', type: types[kind], ...inputs, ...change });
}

test.each([
  ['network', 'network rm 77'],
  ['container', 'rm --force --volumes 77'],
] as const)('a %s of this stack that has the name is removed, by its ID, and made again', async (kind, command) => {
  host(`77 lan ${owner}`);
  expect(await failed(kind)).toBe(true);
  expect(removed()).toEqual([command]);
});

test.each(['network', 'container'] as const)('a %s that has gone meanwhile is made again', async (kind) => {
  host('');
  expect(await failed(kind)).toBe(true);
  // An ID that begins with the name.
  host(`lan7 other ${owner}`);
  expect(await failed(kind)).toBe(true);
  expect(removed()).toEqual([]);
});

test.each(['network', 'container'] as const)('a %s without the label of this stack stays', async (kind) => {
  for (const label of ['', '5f0c8a3e-6a49-4a25-9a4b-9a6e3a1f1d10']) {
    host(`77 lan ${label}`);
    const reason = `${kind} lan exists on ops@192.0.2.1 port 22 and is not of this stack: give this one another name, or remove that one there`;
    await expect(failed(kind)).rejects.toThrow(reason);
  }
  expect(removed()).toEqual([]);
});

test('a network with a container on it stays, running or not, and the container is named', async () => {
  host(`77 lan ${owner}`, { users: 'web' });
  await expect(failed('network')).rejects.toThrow(
    'network lan exists on ops@192.0.2.1 port 22 and is used by web: take that off it and run the same command again',
  );
  expect(removed()).toEqual([]);
});

test('where Docker does not remove it, its words are the reason', async () => {
  host(`77 lan ${owner}`, { failure: 'no space left on device' });
  await expect(failed('container')).rejects.toThrow(
    'and cannot be removed: no space left on device; run the same command again once it can',
  );
});

test('a host that does not answer is the reason', async () => {
  program('ssh', 'echo "ssh: connect to host 192.0.2.1 port 22: Connection refused" >&2; exit 255');
  await expect(failed('network')).rejects.toThrow('Connection refused');
});

test.each<[string, Partial<pulumi.ErrorHookArgs>]>([
  ['another error', { errors: ['Unable to create network: Pool overlaps with other one on this address space'] }],
  ['another operation', { failedOperation: 'delete' }],
  ['another resource', { type: 'command:remote:Command' }],
  ['the fourth try', { errors: Array<string>(4).fill(taken.network) }],
])('%s is not tried again, and asks no host', async (_, change) => {
  host(`77 lan ${owner}`);
  expect(await failed('network', change)).toBe(false);
  expect(existsSync(join(programs.folder, 'log'))).toBe(false);
});

test('a name that the checks would not have passed goes to no host', async () => {
  host(`77 lan ${owner}`);
  await expect(failed('network', { newInputs: { name: 'lan; reboot' } })).rejects.toThrow('has another name');
  expect(existsSync(join(programs.folder, 'log'))).toBe(false);
});
