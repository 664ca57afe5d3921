import type { OperationResult, Stack } from '../../lab/engine/stack';
import { logNoSessionCommands, logSessionCommands } from '../../lab/sessionLog';
import { hostFacts, sh } from './facts';
import { Router } from './router';
import { countedHosts, takeSessions } from './sessions';
import { configured, doings, forgetStacks, newStack, succeeds } from './stack';

/** Gateways of networks, which an `up` asks for from the first container that it makes on each, and warns of where they are silent. */

const [name, besides] = ['n3', 'n4'] as const;
const [host] = countedHosts(name);
let untouched: string;
let router: Router;
let stack: Stack;
/** The router is on VLANs 341 and 343. */
const declaring = (onRouted: string[], onSilent: string[]) =>
  configured(stack, { host, vlans: { 341: onRouted, 342: onSilent, 343: ['gw-ipvlan'] } });
const said = ({ diagnostics }: OperationResult) => diagnostics.filter((line) => line.includes('gateway'));
const notThere = 'they are not there, or a switch port on the way does not carry VLAN';

beforeAll(async () => {
  untouched = await hostFacts(name);
  router = await Router.start(besides, {
    341: ['10.34.41.1/24', '2001:db8:341::1/64'],
    343: ['10.34.43.1/24', '2001:db8:343::1/64'],
  });
  stack = await newStack('test/e2e/programs/gateways.ts', 'gateways', { host, vlans: {} });
  await sh(name, logSessionCommands);
});
afterAll(async () => {
  await sh(name, logNoSessionCommands);
  await forgetStacks();
  await router.stop();
  expect(await hostFacts(name)).toBe(untouched);
});

test('one warning for a network whose gateways are silent, none for one whose gateways answer, and nothing at preview', async () => {
  const both = declaring(['gw-a', 'gw-b'], ['gw-c', 'gw-d']);
  expect(said(await succeeds(both.preview()))).toEqual([]);
  const [first, ...more] = said(await succeeds(both.up()));
  expect(more).toEqual([]);
  expect(first).toMatch(
    /^warning: Host n3: network gw-net342: its gateways 10[.]34[.]42[.]1 and 2001:db8:342::1 do not answer container gw-[cd]: they are not there, or a switch port on the way does not carry VLAN 342, or /,
  );
});

test('where nothing changes, nothing is asked', async () => {
  await takeSessions(name);
  const again = await succeeds(declaring(['gw-a', 'gw-b'], ['gw-c', 'gw-d']).up());
  expect(doings(again)).toEqual([]);
  expect(said(again)).toEqual([]);
  expect(await takeSessions(name)).toBe(1);
});

test('a gateway that answers no ping, and is there', async () => {
  await router.run('sysctl -qw net.ipv4.icmp_echo_ignore_all=1 net.ipv6.icmp.echo_ignore_all=1');
  expect(said(await succeeds(declaring(['gw-a', 'gw-b', 'gw-e'], ['gw-c', 'gw-d']).up()))).toEqual([]);
});

test('a gateway that has gone, for the next container on its network', async () => {
  await router.run('ip addr flush dev vlan341');
  const [first, ...more] = said(await succeeds(declaring(['gw-a', 'gw-b', 'gw-e', 'gw-f'], ['gw-c', 'gw-d']).up()));
  expect(more).toEqual([]);
  expect(first).toContain(`its gateways 10.34.41.1 and 2001:db8:341::1 do not answer container gw-f: ${notThere} 341,`);
});
