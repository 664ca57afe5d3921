import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../lab/command';
import { isNameTaken, removeContainers, removeNetworks } from '../../../src/host/leftover';

/** The commands that run on a host, with programs in place of docker and sync that note what they are asked. */

const owner = '0b8c8a3e-6a49-4a25-9a4b-9a6e3a1f1d10';
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-removal-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * A host whose docker lists these IDs, and prints these lines of what it inspects. On each network a container is listed so many times, and then
 * none.
 */
function host(listed: string[], inspected: string[] = [], times = 0): void {
  const lines = (words: string[]) => `printf '%s\\n' ${words.map((word) => `'${word}'`).join(' ')}`;
  const file = join(folder, 'docker');
  writeFileSync(
    file,
    `#!/bin/sh
echo "$*" >>${folder}/log
case "$*" in
*network=*) [ "$(grep -c network= ${folder}/log)" -gt ${times} ] || echo 9f;;
ps*|*ls*) ${listed.length === 0 ? ':' : lines(listed)};;
*inspect*) ${lines(inspected)};;
esac
`,
  );
  chmodSync(file, 0o755);
  sync('exit 0');
}

function sync(outcome: string): void {
  writeFileSync(join(folder, 'sync'), `#!/bin/sh\necho sync "$@" >>${folder}/log\n${outcome}\n`);
  chmodSync(join(folder, 'sync'), 0o755);
}

const asked = () => {
  const log = join(folder, 'log');
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
};
const removed = () => asked().filter((line) => /(^| )rm /.test(line));

/** A host has only what these commands may need. */
function onHost(command: string, stdin: string): Promise<{ code: number }> {
  for (const name of ['sh', 'cat', 'grep', 'sleep'])
    if (!existsSync(join(folder, name))) symlinkSync(`/bin/${name}`, join(folder, name));
  return run(['/bin/sh', '-c', command], { stdin, env: { PATH: folder } });
}

test('all containers of the owner are removed, by one call', async () => {
  host(['1a', '2b']);
  expect(await onHost(removeContainers, `${owner}\n`)).toMatchObject({ code: 0 });
  expect(asked()[0]).toContain(`label=vlan-trunk.owner=${owner}`);
  expect(removed()).toEqual(['rm --force --volumes 1a 2b']);
});

test('a removal of containers ends once it is on the disk, also where this user may not open its folder', async () => {
  host(['1a']);
  sync('[ $# = 0 ]');
  expect(await onHost(removeContainers, `${owner}\n`)).toMatchObject({ code: 0 });
  expect(asked().slice(-3)).toEqual(['rm --force --volumes 1a', 'sync /var/lib/docker/containers', 'sync']);
});

test.each([
  ['eth0', ['network rm 1a', 'network rm 3c']],
  ['', ['network rm 4d']],
])('of the networks of the owner those on %j are removed', async (parent, removals) => {
  host(['1a', '2b', '3c', '4d'], ['1a eth0', '2b eth0.50', '3c eth0', '4d ']);
  expect(await onHost(removeNetworks, `${owner} ${parent}\n`)).toMatchObject({ code: 0 });
  expect(removed()).toEqual(removals);
});

test('a network is removed once the containers on it have gone', async () => {
  host(['1a'], ['1a eth0'], 2);
  expect(await onHost(removeNetworks, `${owner} eth0\n`)).toMatchObject({ code: 0 });
  const users = `ps --all --quiet --filter label=vlan-trunk.owner=${owner} --filter network=1a`;
  expect(asked().slice(-4)).toEqual([users, users, users, 'network rm 1a']);
});

test.each([removeContainers, removeNetworks])('where nothing is left behind, nothing is removed', async (command) => {
  host([]);
  expect(await onHost(command, `${owner} eth0\n`)).toMatchObject({ code: 0 });
  expect(removed()).toEqual([]);
});

test.each([removeContainers, removeNetworks])('a host without docker has nothing to remove', async (command) => {
  expect(await onHost(command, `${owner}\n`)).toMatchObject({ code: 0 });
});

test.each([removeContainers, removeNetworks])('without an owner docker is asked nothing', async (command) => {
  host(['1a']);
  for (const stdin of ['', '\n', '$(reboot)\n', 'undefined\n'])
    expect(await onHost(command, stdin)).toMatchObject({ code: 1 });
  expect(asked()).toEqual([]);
});

test.each([
  ['Error response from daemon: network with name lan already exists', true],
  ['Conflict. The container name "/web" is already in use by container "1a".', true],
  ['Pool overlaps with other one on this address space', false],
  ['network dm-1 is already using parent interface eth0.50', false],
])('%s: the name is taken: %p', (error, isTaken) => expect(isNameTaken(error)).toBe(isTaken));
