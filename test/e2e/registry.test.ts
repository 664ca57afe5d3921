import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OperationResult, Stack } from '../../lab/engine/stack';
import { hostFacts, sh } from './facts';
import { registryAddress, RegistryStandIn } from './registryStandIn';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Images of a registry that asks for a login: pulled with what the program gives, which stays a secret. */
const host = 'n13';
const [own] = hostConfigs(host);
const folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-registry-'));
const registry = new RegistryStandIn();
/** Of no other word on the host or here. */
const password = (name: string) => `${name}-password-7f3a9c`;
const fileOf = (name: string) => {
  const file = join(folder, name);
  writeFileSync(file, password(name));
  return file;
};
const asks = (name: string, tags = ['1']) => ({ host: own, passwordFile: fileOf(name), tags });
let stack: Stack;
let before: string;

beforeAll(async () => {
  before = await hostFacts(host);
  registry.password = password('first');
  await registry.start(host);
  stack = await newStack('test/e2e/programs/registry.ts', 'registry', { host: own });
});
afterAll(async () => {
  await forgetStacks();
  await registry.stop(host);
  await sh(host, `docker image ls --quiet '${registryAddress}/team/*' | sort -u | xargs -r docker image rm --force`);
  rmSync(folder, { recursive: true });
});

const pulled = () => registry.asked.filter((one) => one.includes('/blobs/') && one.endsWith(' reader')).length;
const said = ({ output, error, diagnostics }: OperationResult) => [output, error, ...diagnostics].join('\n');

/** Looks at the arguments of all processes, here and on the host, while an operation runs. */
async function withProcessesSeen(
  during: () => Promise<OperationResult>,
): Promise<{ result: OperationResult; seen: string }> {
  // By a pattern that does not find itself.
  const look =
    'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n" | grep -a "first-password-7f3a9[c]"; :';
  const state = { isOver: false, seen: '' };
  const watch = async (once: () => Promise<string>) => {
    while (!state.isOver) state.seen += await once();
  };
  const here = promisify(execFile);
  const watches = [watch(async () => (await here('sh', ['-c', look])).stdout), watch(() => sh(host, look))];
  const result = await during();
  state.isOver = true;
  await Promise.all(watches);
  return { result, seen: state.seen };
}

test('a wrong address is refused at preview, and no message has the password', async () => {
  const preview = await configured(stack, { ...asks('first'), address: 'https://127.0.0.1:5000/v2/' }).preview();
  expect(preview.ok).toBe(false);
  expect(preview.error).toContain('registries[0].address: must be a registry as an image');
  expect(preview.error).toContain('(did you mean 127.0.0.1:5000?)');
  expect(said(preview)).not.toContain(password('first'));
});

test.each([
  ['without a login', () => ({ host: own })],
  ['with a wrong one', () => asks('wrong')],
])('%s nothing is pulled, and the up says why', async (_, config) => {
  const up = await configured(stack, config()).up();
  expect(up.ok).toBe(false);
  expect(up.error).toMatch(/unable to pull image 127\.0\.0\.1:5000\/team\/app:1: .*(basic auth|unauthorized|401)/is);
  expect(said(up)).not.toContain(password('wrong'));
  expect(pulled()).toBe(0);
});

test('with the right one the image is pulled, and the container runs', async () => {
  stack = configured(stack, asks('first'));
  await succeeds(stack.preview());
  const { result, seen } = await withProcessesSeen(() => stack.up());
  await succeeds(Promise.resolve(result));
  expect(pulled()).toBe(2);
  expect(await sh(host, `docker inspect -f '{{.Config.Image}} {{.Config.Env}}' app1`)).toContain('FROM=stand-in');
  expect(seen).toBe('');
  expect(said(result)).not.toContain(password('first'));
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
  await succeeds(stack.refresh());
  expect(Object.keys((await succeeds(stack.preview())).changes)).toEqual(['same']);
});

test('the password is in no file of the state, and in none of the host', async () => {
  expect(JSON.stringify(await stack.exportState())).not.toContain(password('first'));
  await expect(promisify(execFile)('grep', ['-rl', password('first'), stack.args.folder])).rejects.toMatchObject({
    code: 1,
  });
  expect(
    await sh(
      host,
      `grep -rl ${password('first')} /root /etc /run/vlan-trunk /var/lib/vlan-trunk /var/lib/docker/image /tmp /var/log 2>/dev/null; :`,
    ),
  ).toBe('');
});

test('a new password changes the provider only, and the next image comes by it', async () => {
  registry.password = password('second');
  stack = configured(stack, asks('second'));
  expect(doings(await succeeds(stack.up()))).toEqual([`update ${host}-docker`]);
  const count = pulled();
  stack = configured(stack, asks('second', ['1', '2']));
  expect(doings(await succeeds(stack.up()))).toEqual(['create app2', 'create app2-container']);
  expect(pulled()).toBeGreaterThan(count - 1);
  expect(registry.asked.filter((one) => one.includes('/manifests/2')).at(-1)).toContain(' reader');
});

test('a new image of a container is there before the old container goes, or the old one stays', async () => {
  const moving = (name: string, tag: string) => configured(stack, { ...asks(name, ['1', '2']), moving: tag });
  await succeeds(moving('second', '3').up());
  const running = () => sh(host, `docker inspect -f '{{.Config.Image}} {{.State.StartedAt}}' moving`);
  const before = await running();
  const up = await moving('wrong', '4').up();
  expect(up.ok).toBe(false);
  expect(up.error).toMatch(
    /image 127\.0\.0\.1:5000\/team\/app:4 cannot be had on Host n13: .*; container moving stays as it is, with its image 127\.0\.0\.1:5000\/team\/app:3/,
  );
  expect(said(up)).not.toContain(password('wrong'));
  expect(await running()).toBe(before);
  stack = moving('second', '4');
  await succeeds(stack.up());
  expect(await running()).toMatch(/^127\.0\.0\.1:5000\/team\/app:4 /);
  expect(registry.asked.filter((one) => one.includes('/manifests/4')).at(-1)).toContain(' reader');
});

test('destroy leaves the host as it was', async () => {
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});
