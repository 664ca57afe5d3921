import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Key files live as long as a process that uses them. */

let folder: string;
const holders: ChildProcess[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-keys-'))));
afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function holder(name: string): Promise<ChildProcess> {
  const hook = resolve(__dirname, '../../../lab/engine/typescript.js');
  const child = fork(join(__dirname, 'keyHolder.ts'), [folder, name], { execArgv: ['--require', hook] });
  holders.push(child);
  await once(child, 'message');
  return child;
}

async function ends(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  if (signal === undefined) child.send('end');
  else child.kill(signal);
  await once(child, 'exit');
}

const keys = () => readdirSync(folder).filter((file) => !file.includes('.'));

test('a key is removed at the end of its process, with everything beside it', async () => {
  const one = await holder('aa');
  expect(keys()).toEqual(['aa']);
  await ends(one);
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('the same after %s, which still ends the process', async (signal) => {
  const one = await holder('aa');
  await ends(one, signal);
  expect(one.signalCode).toBe(signal);
  expect(readdirSync(folder)).toEqual([]);
});

test('two processes share a key until the last of them ends', async () => {
  const [one, two] = [await holder('aa'), await holder('aa')];
  await ends(one);
  expect(keys()).toEqual(['aa']);
  await ends(two);
  expect(readdirSync(folder)).toEqual([]);
});

test('what a killed process left, and a key without any lease, goes with the next run', async () => {
  await ends(await holder('aa'), 'SIGKILL');
  writeFileSync(join(folder, 'cc'), 'a key of an earlier version');
  expect(keys()).toEqual(['aa', 'cc']);
  const next = await holder('bb');
  expect(keys()).toEqual(['bb']);
  await ends(next);
  expect(readdirSync(folder)).toEqual([]);
});

test('a lease from another machine that shares the home counts for a day', async () => {
  const lease = join(folder, 'aa.lease-elsewhere-1');
  writeFileSync(join(folder, 'aa'), 'a key');
  writeFileSync(lease, '');
  await ends(await holder('bb'));
  expect(keys()).toEqual(['aa']);
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  utimesSync(lease, yesterday, yesterday);
  await ends(await holder('bb'));
  expect(readdirSync(folder)).toEqual([]);
});
