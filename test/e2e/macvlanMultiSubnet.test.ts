import type { Stack } from '../../lab/engine/stack';
import { type Endpoint, answering } from '../../lab/reach';
import { hostFacts, reachablePairs, sh } from './facts';
import { Router } from './router';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** examples/macvlan-multi-subnet: the seed's macvlan216, two subnets on eth0.218. */

const host = 'n3';
const [config] = hostConfigs(host);
const at = (container: string, address: string): Endpoint => ({ host, container, address });
const a216 = at('macnet216_test', '192.168.216.10');
const b216 = at('macnet216_ping', '192.168.216.11');
const a218 = at('macnet218_test', '192.168.218.10');
const b218 = at('macnet218_ping', '192.168.218.11');
const bothPairs = [
  'macnet216_ping>macnet216_test',
  'macnet216_test>macnet216_ping',
  'macnet218_ping>macnet218_test',
  'macnet218_test>macnet218_ping',
];

let stack: Stack;
let untouched: string;
let router: Router | undefined;

beforeAll(async () => {
  untouched = await hostFacts(host);
  stack = await newStack('examples/macvlan-multi-subnet/index.ts', 'macvlan-multi-subnet', { host: config });
  await succeeds(stack.up());
});

afterAll(async () => {
  await stack.destroy();
  await router?.stop();
  expect(await hostFacts(host)).toBe(untouched);
  await forgetStacks();
});

test('both pairs of pings come back, and none between the subnets', async () => {
  expect(await reachablePairs([a216, b216, a218, b218])).toEqual(bothPairs);
});

test('between the subnets a packet goes through the router on the VLAN, once there is one', async () => {
  router = await Router.start('n4', { 218: ['192.168.216.1/24', '192.168.218.1/24'] });
  expect(await answering(a216, ['192.168.216.1', '192.168.218.1', a218.address])).toEqual(
    new Set(['192.168.216.1', '192.168.218.1', a218.address]),
  );
  expect(await sh(host, 'docker exec macnet216_ping ping -c 1 192.168.218.10')).toContain('ttl=63');
  expect(await sh(host, 'docker exec macnet216_ping ping -c 1 192.168.216.10')).toContain('ttl=64');
  await router.run('sysctl -qw net.ipv4.ip_forward=0');
  expect(await reachablePairs([a216, b216, a218, b218])).toEqual(bothPairs);
});

test('a second up and a refresh find nothing to change', async () => {
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
  expect(Object.keys((await succeeds(stack.refresh())).changes)).toEqual(['same']);
});
