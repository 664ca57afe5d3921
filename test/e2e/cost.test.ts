import type { Stack } from '../../lab/engine/stack';
import { logNoSessionCommands, logSessionCommands, takeSessionCommands } from '../../lab/sessionLog';
import { sh } from './facts';
import { countedHosts, takeSessions } from './sessions';
import { configured, doings, forgetStacks, newStack, succeeds } from './stack';

/** What a program costs: resources, which the engine and the state pay for, and ssh sessions, which each host pays for. */

const host = 'n12';
const vlan = (vlanId: number, mtu?: number, ...addresses: string[]) => ({
  vlanId,
  mtu,
  addresses,
  prefix: `192.168.${vlanId}`,
  containers: [`cost${vlanId}`],
});

let stack: Stack;
const hosts = () => countedHosts(host);
const declaring = (...vlans: ReturnType<typeof vlan>[]) => configured(stack, { hosts: hosts(), vlans });

/** The sessions of an operation, the docker provider's own aside. */
async function sessionsOf(operation: () => Promise<unknown>): Promise<number> {
  await sh(host, takeSessionCommands);
  await operation();
  return takeSessions(host);
}

const countOf = async (...vlans: ReturnType<typeof vlan>[]) => {
  const { create = 0 } = (await succeeds(declaring(...vlans).preview())).changes;
  return create;
};

beforeAll(async () => {
  stack = await newStack('test/e2e/programs/trunk.ts', 'cost', { hosts: hosts(), vlans: [] });
  await sh(host, logSessionCommands);
});

afterAll(async () => {
  await sh(host, logNoSessionCommands);
  await forgetStacks();
});

test('a host is three resources, with containers four, and a trunk four; a VLAN is one more, a network two, a container two', async () => {
  const one = await countOf(vlan(236));
  // With the stack itself.
  expect(one).toBe(1 + 3 + 1 + 4 + 1 + 2 + 2);
  expect(await countOf(vlan(236), vlan(237))).toBe(one + 1 + 2 + 2);
  expect(await countOf(vlan(236), { ...vlan(237), containers: [] })).toBe(one + 1 + 2);
});

test('ssh sessions: one that looks at the host, one more to change its links or to mend a container, one that asks for gateways from new ones, two at the end', async () => {
  const both = declaring(vlan(236), vlan(237));
  expect(await sessionsOf(() => succeeds(both.preview()))).toBe(1);
  expect(await sessionsOf(() => succeeds(both.up()))).toBe(3);
  expect(await sessionsOf(() => succeeds(both.preview()))).toBe(1);
  expect(await sessionsOf(() => succeeds(both.up()))).toBe(1);
  await sh(host, 'docker stop -t 1 cost236');
  expect(await sessionsOf(() => succeeds(both.preview()))).toBe(1);
  expect(await sessionsOf(() => succeeds(both.up()))).toBe(2);
  const changed = declaring(vlan(236, 1400), vlan(237));
  expect(await sessionsOf(() => succeeds(changed.up()))).toBe(2);
  expect(await sessionsOf(() => succeeds(declaring(vlan(236, 1400), vlan(237), vlan(238)).up()))).toBe(3);
  // One more, after its network, for the link that leaves.
  expect(await sessionsOf(() => succeeds(declaring(vlan(236, 1400), vlan(237)).up()))).toBe(3);
  expect(await sh(host, 'ls /sys/class/net')).not.toMatch(/eth0[.]238/);
  expect(doings(await succeeds(declaring(vlan(236, 1400), vlan(237)).preview()))).toEqual([]);
  // One more, over a new connection, to confirm what could cut the host off.
  const withAddress = declaring(vlan(236, 1400, '10.97.236.1/24'), vlan(237));
  expect(await sessionsOf(() => succeeds(withAddress.up()))).toBe(3);
  expect(doings(await succeeds(withAddress.preview()))).toEqual([]);
  expect(await sessionsOf(() => succeeds(stack.destroy()))).toBe(2);
});
