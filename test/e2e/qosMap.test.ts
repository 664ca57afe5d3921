import { capture } from '../../lab/lab';
import type { Stack } from '../../lab/engine/stack';
import { containerStarts, hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** The priority of a container's frames, in their tags on the wire. */

const host = 'n13';
const config = (egressQosMap?: Record<number, number>) => ({ host: hostConfigs(host)[0], egressQosMap });

let untouched: string;
let stack: Stack;
beforeAll(async () => (untouched = await hostFacts(host)));
afterAll(async () => {
  await forgetStacks();
  expect(await hostFacts(host)).toBe(untouched);
});

/** PCPs of two pings of the container: one as usual, one with the priority of interactive traffic, which is 6 on Linux (TOS 0x10). */
async function pcps(): Promise<(string | undefined)[]> {
  const ping = (more: string) => `ping -c 1 -W 1 ${more} 192.168.252.9`;
  const { frames } = await capture(host, 'vlan 252 and icmp', () =>
    sh(
      host,
      `nsenter -n -t $(docker inspect --format '{{.State.Pid}}' qos) sh -c '
         ip neigh replace 192.168.252.9 lladdr 02:00:00:00:00:09 dev eth0; ${ping('')}; ${ping('-Q 0x10')}; true'`,
    ),
  );
  return frames.map((frame) => /vlan 252, p (\d)/.exec(frame)?.[1]);
}

test('follows the map of the VLAN, which is changed in place while the container runs', async () => {
  stack = await newStack('test/e2e/programs/qosMap.ts', 'qos', config({ 6: 5 }));
  await succeeds(stack.up());
  expect(await pcps()).toEqual(['0', '5']);
  const running = [await containerStarts(host), (await sh(host, 'ip -o link show eth0.252')).split(':')[0]];
  expect(doings(await succeeds(stack.up()))).toEqual([]);

  stack = configured(stack, config({ 0: 1, 6: 3 }));
  expect(doings(await succeeds(stack.up()))).toEqual(['update camera', 'update camera-links']);
  expect(await pcps()).toEqual(['1', '3']);
  expect([await containerStarts(host), (await sh(host, 'ip -o link show eth0.252')).split(':')[0]]).toEqual(running);
});

test('is mended where somebody has changed it', async () => {
  await sh(host, 'ip link set dev eth0.252 type vlan egress-qos-map 6:7 0:0');
  const { diagnostics } = await succeeds(stack.preview());
  const said = diagnostics.join('\n');
  expect(said).toContain('eth0.252 has egress-qos-map 6:7, declared is 6:3');
  expect(said).toContain('eth0.252 has egress-qos-map 0:0, declared is 0:1');
  await succeeds(stack.up());
  expect(await pcps()).toEqual(['1', '3']);
});

test('is none again without a map', async () => {
  stack = configured(stack, config());
  await succeeds(stack.up());
  expect(await pcps()).toEqual(['0', '0']);
});
