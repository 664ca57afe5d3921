import type { Endpoint } from '../../lab/reach';
import { containerStarts, hostFacts, reachablePairs, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** What an operation that failed leaves behind, and that the next one goes on from there. */

const host = 'n13';
const [n13] = hostConfigs(host);
const [c1, c2] = ['11', '12'].map((last, index): Endpoint => ({
  ...{ host, container: `n13-c${index + 1}`, address: `192.168.85.${last}` },
})) as [Endpoint, Endpoint];
const layout = { host: n13, vlanId: 85, prefix: '192.168.85' };

const eachOther = [`${c1.container}>${c2.container}`, `${c2.container}>${c1.container}`];

afterAll(forgetStacks);

test('a container that Docker makes and cannot start: up fails with Docker’s words each time, and another command is the remedy', async () => {
  const before = await hostFacts(host);
  const stack = await newStack('test/e2e/programs/one.ts', 'cannot-start', { ...layout, program: '/nosuch' });
  for (const times of ['first', 'second']) {
    const failed = await stack.up();
    expect([times, failed.ok]).toEqual([times, false]);
    expect(failed.error).toMatch(/exec: "\/nosuch": stat \/nosuch: no such file or directory/);
  }
  const mended = configured(stack, layout);
  await succeeds(mended.up());
  expect(await reachablePairs([c1, c2])).toEqual(eachOther);
  expect(doings(await succeeds(mended.preview()))).toEqual([]);
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});

test('an image that cannot be had costs no container: up says why, and the one that runs goes on', async () => {
  const before = await hostFacts(host);
  const stack = await newStack('test/e2e/programs/one.ts', 'no-image', layout);
  await succeeds(stack.up());
  const starts = await containerStarts(host);
  const failed = await configured(stack, { ...layout, image: 'nowhere.invalid/none:1' }).up();
  expect(failed.ok).toBe(false);
  expect(failed.error).toMatch(
    /image nowhere\.invalid\/none:1 cannot be had on Host n13: .*nowhere\.invalid.*; container n13-c[12] stays as it is, with its image busybox/,
  );
  expect(await containerStarts(host)).toBe(starts);
  expect(await reachablePairs([c1, c2])).toEqual(eachOther);
  expect(doings(await succeeds(stack.up()))).toEqual([]);
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});

test('a destroy while Docker is stopped fails, and an up after it makes anew what the engine has forgotten', async () => {
  const before = await hostFacts(host);
  const stack = await newStack('test/e2e/programs/one.ts', 'forgotten', layout);
  await succeeds(stack.up());
  await sh(host, 'systemctl stop docker.socket docker.service');
  try {
    expect((await stack.destroy()).ok).toBe(false);
  } finally {
    await sh(host, 'systemctl start docker.service');
  }
  const { diagnostics } = await succeeds(stack.up());
  expect(diagnostics.join('\n')).toMatch(/network macvlan with n13-c[12], n13-c[12] on it, left behind by a run/);
  expect(await reachablePairs([c1, c2])).toEqual(eachOther);
  expect(doings(await succeeds(stack.preview()))).toEqual([]);
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});
