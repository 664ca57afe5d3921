import type { Endpoint } from '../../lab/reach';
import { hostFacts, reachablePairs } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** A container that Docker makes and cannot start, as with a wrong command or a port that is taken. */

const host = 'n13';
const [n13] = hostConfigs(host);
const [c1, c2] = ['11', '12'].map((last, index): Endpoint => ({
  ...{ host, container: `n13-c${index + 1}`, address: `192.168.85.${last}` },
})) as [Endpoint, Endpoint];
const layout = { host: n13, vlanId: 85, prefix: '192.168.85' };

afterAll(forgetStacks);

test('up fails with Docker’s words each time, and another command is the remedy', async () => {
  const before = await hostFacts(host);
  const stack = await newStack('test/e2e/programs/one.ts', 'cannot-start', { ...layout, program: '/nosuch' });
  for (const times of ['first', 'second']) {
    const failed = await stack.up();
    expect([times, failed.ok]).toEqual([times, false]);
    expect(failed.error).toMatch(/exec: "\/nosuch": stat \/nosuch: no such file or directory/);
  }
  const mended = configured(stack, layout);
  await succeeds(mended.up());
  expect(await reachablePairs([c1, c2])).toEqual([
    `${c1.container}>${c2.container}`,
    `${c2.container}>${c1.container}`,
  ]);
  expect(doings(await succeeds(mended.preview()))).toEqual([]);
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});
