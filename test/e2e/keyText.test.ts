import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '../../lab/engine/stack';
import { currentLab } from '../../lab/lab';
import { hostFacts, sh } from './facts';
import { configured, forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from './stack';

/** A private key given as text, on machines that are fresh at every run, as those of a pipeline are. */

const host = 'n13';
const [n13] = hostConfigs(host) as [HostConfig];
// The key is another text than the lab's own by its last line, so that no other test has it in the cache.
const privateKey = `${readFileSync(currentLab().privateKeyFile, 'utf8').trim()}\n\n`;
const { name, address, hostKey } = n13;
const all = { host: { name, address, hostKey, privateKey }, vlanId: 91, prefix: '192.168.91' };
const cache = join(userInfo().homedir, '.cache', 'vlan-trunk');
const keyName = createHash('sha256').update(privateKey).digest('hex').slice(0, 32);
const keys = () => readdirSync(join(cache, 'keys')).filter((file) => file.startsWith(keyName));
const missing = 'no private key';

let stack: Stack;
let untouched: string;
beforeAll(async () => {
  untouched = await hostFacts(host);
  stack = await newStack('test/e2e/programs/one.ts', 'key', all);
});
afterAll(forgetStacks);

/** Another machine has no connection open that the next command could share. */
function onFreshMachine(): void {
  for (const file of readdirSync(cache).filter((file) => /^[0-9a-f]{16}$/.test(file))) rmSync(join(cache, file));
  expect(keys()).toEqual([]);
}

test('a preview and an up leave no key on the machine', async () => {
  await succeeds(stack.preview());
  onFreshMachine();
  await succeeds(stack.up());
  onFreshMachine();
});

test('a refresh without the program fails with the one flag that it needs', async () => {
  const refreshed = await stack.refresh();
  const said = `${refreshed.error ?? ''}${refreshed.diagnostics.join('\n')}`;
  expect(said).toContain(missing);
  expect(said).toContain('add --run-program');
});

test('a destroy without the program needs no key on the machine: commands do all of it, with the key of the state', async () => {
  onFreshMachine();
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(untouched);
  expect(await sh(host, 'docker ps -aq')).toBe('');
  await succeeds(stack.up());
});

test('a refresh that runs the program finds everything', async () => {
  onFreshMachine();
  expect((await succeeds(stack.refresh({ runProgram: true }))).changes).toEqual({ same: expect.any(Number) as number });
});

test('what leaves the program is removed while its host stays in it', async () => {
  onFreshMachine();
  await succeeds(configured(stack, { host: all.host }).up());
  expect(await hostFacts(host)).toBe(untouched);
  onFreshMachine();
  await succeeds(configured(stack, all).up());
});

test('a destroy that runs the program removes everything, and leaves no key', async () => {
  onFreshMachine();
  await succeeds(configured(stack, all).destroy({ runProgram: true }));
  expect(await hostFacts(host)).toBe(untouched);
  expect(await sh(host, 'docker ps -aq')).toBe('');
  onFreshMachine();
});
