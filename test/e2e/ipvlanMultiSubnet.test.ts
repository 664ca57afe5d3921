import type { Stack } from '../../lab/engine/stack';
import { type Endpoint, answering } from '../../lab/reach';
import { hostFacts, reachablePairs, sh } from './facts';
import { Router } from './router';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** examples/ipvlan-multi-subnet: the seed's ipvlan210, first without a parent as it stands there, then on a VLAN. */

const host = 'n3';
const [config] = hostConfigs(host);
const at = (container: string, address: string): Endpoint => ({ host, container, address });
const all = [
  at('c210-10', '192.168.210.10'),
  at('c210-9', '192.168.210.9'),
  at('c212-10', '192.168.212.10'),
  at('c212-9', '192.168.212.9'),
];
const withinSubnets = ['c210-10>c210-9', 'c210-9>c210-10', 'c212-10>c212-9', 'c212-9>c212-10'];
const acrossSubnets = all.flatMap((from) =>
  all
    .filter((to) => to.address.slice(0, 11) !== from.address.slice(0, 11))
    .map((to) => `${from.container}>${to.container}`),
);
const gateways = ['192.168.210.254', '192.168.212.254'];

let stack: Stack;
let untouched: string;
let router: Router | undefined;

beforeAll(async () => {
  untouched = await hostFacts(host);
  stack = await newStack('examples/ipvlan-multi-subnet/index.ts', 'ipvlan-multi-subnet', { host: config });
});

afterAll(async () => {
  await stack.destroy();
  await router?.stop();
  expect(await hostFacts(host)).toBe(untouched);
  await forgetStacks();
});

test('without a parent, containers of a subnet reach each other, and no other address', async () => {
  await succeeds(stack.up());
  expect(await reachablePairs(all)).toEqual(withinSubnets);
  expect(await sh(host, 'docker exec c210-10 ip route')).not.toContain('default');
});

test('on a VLAN, a second up replaces the network, and without a router the subnets are still apart', async () => {
  const { steps } = await succeeds(configured(stack, { host: config, onVlan: 'true' }).up());
  const replaced = steps.filter(({ op }) => op === 'replace').map(({ name }) => name);
  expect(replaced).toEqual(expect.arrayContaining(['ipvlan210-network', 'c210-10-container', 'c212-9-container']));
  expect(await reachablePairs(all)).toEqual(withinSubnets);
  const macs = await Promise.all(
    all.map(({ container }) => sh(host, `docker exec ${container} cat /sys/class/net/eth0/address`)),
  );
  expect(new Set([...macs, await sh(host, 'cat /sys/class/net/eth0.210/address')]).size).toBe(1);
});

test('a router that is both gateways carries packets between the subnets', async () => {
  router = await Router.start('n4', { 210: gateways.map((address) => `${address}/24`) });
  expect(await answering(all[0]!, [gateways[0]!])).toEqual(new Set([gateways[0]]));
  expect(await answering(all[2]!, [gateways[1]!])).toEqual(new Set([gateways[1]]));
  expect(await reachablePairs(all)).toEqual([...withinSubnets, ...acrossSubnets].sort());
  // One hop less in the time to live: it was routed. Within a subnet it was not.
  expect(await sh(host, 'docker exec c210-10 ping -c 1 192.168.212.10')).toContain('ttl=63');
  expect(await sh(host, 'docker exec c210-10 ping -c 1 192.168.210.9')).toContain('ttl=64');
  expect(Object.keys((await succeeds(configured(stack, { host: config, onVlan: 'true' }).up())).changes)).toEqual([
    'same',
  ]);
});
