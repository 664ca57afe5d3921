import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilInShell, waitUntil } from '../../lab/lab';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-wait-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('a wait ends when its condition is true, and no sooner', async () => {
  const file = join(folder, 'it');
  let asked = 0;
  await waitUntil('a file', () => {
    asked += 1;
    if (asked === 3) writeFileSync(file, '');
    return existsSync(file);
  });
  expect(asked).toBe(3);
});

test('a wait that times out is an error that names what was waited for', async () => {
  await expect(waitUntil('a file', () => false, 0.2)).rejects.toThrow('waited 0.2 s in vain for a file');
});

test('a condition that cannot be asked ends the wait with its own error', async () => {
  const ask = () => Promise.reject(new Error('no such host'));
  await expect(waitUntil('a host', ask)).rejects.toThrow('no such host');
});

const shell = (script: string) => spawnSync('sh', ['-ec', script], { encoding: 'utf8', cwd: folder });

test('in a shell: the script goes on when the command succeeds', () => {
  const counts = untilInShell('[ "$(wc -c <asked)" = 3 ] || { printf x >>asked; false; }');
  expect(shell(`: >asked\n${counts}echo on; cat asked`)).toMatchObject({ status: 0, stdout: 'on\nxxx' });
});

test('in a shell: at the time limit the script ends, with an error that names what was waited for', () => {
  const { status, stdout, stderr } = shell(`${untilInShell("[ -e 'a file' ]", 0.2)}echo on`);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr.trim()).toBe("waited 0.2 s in vain for [ -e 'a file' ]");
});
