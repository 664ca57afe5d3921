import type { Stack } from '../../lab/engine/stack';
import { capture } from '../../lab/lab';
import { answering, answeringHost, type Endpoint } from '../../lab/reach';
import { hostFacts, sh } from './facts';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** examples/dual-stack: IPv4 and IPv6 on the VLANs of two hosts, switched by macvlan, routed by ipvlan l3 and l3s. */

const hosts = ['n1', 'n2'];
const [first, second] = hosts as [string, string];
const at = (host: string, container: string): Endpoint => ({ host, container, address: '' });

let stack: Stack;
let untouched: string[];

beforeAll(async () => {
  untouched = await Promise.all(hosts.map(hostFacts));
  stack = await newStack('examples/dual-stack/index.ts', 'dual-stack', { hosts: hostConfigs(...hosts) });
  await succeeds(stack.up());
});

afterAll(async () => {
  await stack.destroy();
  expect(await Promise.all(hosts.map(hostFacts))).toEqual(untouched);
  await forgetStacks();
});

test('macvlan: the containers of both hosts reach each other by both families, under the VLAN’s tag', async () => {
  const addresses = ['192.168.61.12', '2001:db8:61::12'];
  const { frames, result } = await capture('br0', 'vlan 61 and (icmp or icmp6)', () =>
    answering(at(first, 'd1'), addresses),
  );
  expect(result).toEqual(new Set(addresses));
  expect(frames.some((frame) => frame.includes('192.168.61.11 > 192.168.61.12: ICMP echo request'))).toBe(true);
  expect(frames.some((frame) => frame.includes('2001:db8:61::11 > 2001:db8:61::12: ICMP6, echo request'))).toBe(true);
});

test.each([
  ['l3', 62],
  ['l3s', 63],
])('ipvlan %s: the other host reaches the container by its route, and the container the host', async (mode, id) => {
  const there = [`10.${id}.0.11`, `2001:db8:${id}:1::11`];
  expect(await answeringHost(second, there)).toEqual(new Set(there));
  const back = [`192.168.${id}.2`, `2001:db8:${id}::2`];
  expect(await answering(at(first, `${mode}-container`), back)).toEqual(new Set(back));
  expect(await sh(second, `ip route get 10.${id}.0.11`)).toContain(`via 192.168.${id}.1 dev eth0.${id}`);
});

test('without its route the other host does not reach them, and an up after a refresh is empty', async () => {
  await sh(second, 'ip route del 10.62.0.0/24; ip -6 route del 2001:db8:62:1::/64');
  expect(await answeringHost(second, ['10.62.0.11', '2001:db8:62:1::11'])).toEqual(new Set());
  await sh(second, 'ip route add 10.62.0.0/24 via 192.168.62.1; ip -6 route add 2001:db8:62:1::/64 via 2001:db8:62::1');
  expect(Object.keys((await succeeds(stack.refresh())).changes)).toEqual(['same']);
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
});
