import { capture } from '../../lab/lab';
import type { Stack } from '../../lab/engine/stack';
import { answering, type Endpoint } from '../../lab/reach';
import { hostFacts, reachablePairs, sh } from './facts';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** examples/macvlan-bridge, the seed's first scenario: containers on the NIC itself, untagged. */

const b1: Endpoint = { host: 'n3', container: 'b1', address: '192.168.14.11' };
const b2: Endpoint = { host: 'n3', container: 'b2', address: '192.168.14.12' };
/** The host itself, and another machine on the wire, as in the seed's subnet. */
const own = '192.168.14.133';
const other = '192.168.14.134';

let stack: Stack;
let untouched: string;

beforeAll(async () => {
  untouched = await hostFacts('n3');
  const [host] = hostConfigs('n3');
  stack = await newStack('examples/macvlan-bridge/index.ts', 'macvlan-bridge', { host });
  await sh('n3', `ip addr add ${own}/24 dev eth0`);
  await sh('n4', `ip addr add ${other}/24 dev eth0`);
});

afterAll(async () => {
  await stack.destroy();
  await sh('n3', `ip addr del ${own}/24 dev eth0`);
  await sh('n4', `ip addr del ${other}/24 dev eth0`);
  expect(await hostFacts('n3')).toBe(untouched);
  await forgetStacks();
});

test('containers reach each other and other machines, never their own host; no bridge is made', async () => {
  await succeeds(stack.up());
  const { frames, result } = await capture('n3', 'icmp or vlan', () => reachablePairs([b1, b2]));
  expect(result).toEqual(['b1>b2', 'b2>b1']);
  // Between two containers of one host nothing goes over the wire.
  expect(frames.filter((frame) => frame.includes('192.168.14.'))).toEqual([]);

  const outside = await capture('n3', 'icmp or vlan', () => answering(b2, [own, other]));
  expect(outside.result).toEqual(new Set([other]));
  const replies = outside.frames.filter((frame) => frame.includes(`${other} > ${b2.address}: ICMP echo reply`));
  expect(replies).toHaveLength(2);
  expect(outside.frames.filter((frame) => frame.includes('802.1Q') && frame.includes('192.168.14.'))).toEqual([]);
  expect(await sh('n3', 'ip -o link show type bridge | cut -d: -f2')).toBe('docker0');
});

test("each container has a MAC and an address of its own, and neither is the host's", async () => {
  const macs = await Promise.all(
    [b1, b2].map(({ container }) => sh('n3', `docker exec ${container} cat /sys/class/net/eth0/address`)),
  );
  expect(new Set([...macs, await sh('n3', 'cat /sys/class/net/eth0/address')]).size).toBe(3);
});
