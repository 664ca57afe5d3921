import type { Stack } from '../../lab/engine/stack';
import { answering } from '../../lab/reach';
import { hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, problemsIn, succeeds } from './stack';

/** Interfaces that can be no parent, or not yet; and which switched network one is plugged into. */

const hosts = ['n1', 'n2'] as const;
const [n1, n2] = hosts.map((name) => hostConfigs(name)[0]);
const program = 'test/e2e/programs/parents.ts';

/** A machine at the other end of a cable, with an address on each of these VLANs. */
const machine = (host: string, nic: string, ids: number[]) =>
  sh(
    host,
    `ip netns add far; ip link add name ${nic} type veth peer name far0; ip link set far0 netns far; ip link set ${nic} up; ip -n far link set far0 up
     for id in ${ids.join(' ')}; do
       ip -n far link add link far0 name v$id type vlan id $id; ip -n far link set v$id up; ip -n far addr add 10.97.$id.1/24 dev v$id
     done`,
  );
const pings = async (host: string, id: number) =>
  [...(await answering({ host, container: 'parents-c', address: '' }, [`10.97.${id}.1`]))].length === 1;
const refused = async (stack: Stack) => {
  const { ok, error = '' } = await stack.preview();
  expect(ok).toBe(false);
  return problemsIn(error);
};

let untouched: string[];
const facts = () => Promise.all(hosts.map(hostFacts));
beforeAll(async () => (untouched = await facts()));
afterAll(async () => {
  await forgetStacks();
  expect(await facts()).toEqual(untouched);
});

describe('on a bridge with VLAN filtering', () => {
  let before: string;
  let stack: Stack;
  const on = (more: object) => ({ on: [{ host: n1, prefix: '10.97.50', ...more }] });
  const trunk = { parentInterface: 'br9', vlanId: 50 };
  beforeAll(async () => {
    await sh('n1', 'ip link add name br9 type bridge vlan_filtering 1 && ip link set br9 up');
    await machine('n1', 'v9', [50, 60]);
    await sh('n1', 'ip link set v9 master br9; bridge vlan add dev v9 vid 50; bridge vlan add dev v9 vid 60');
    before = await hostFacts('n1');
  });
  afterAll(async () => {
    await stack.destroy();
    expect(await hostFacts('n1')).toBe(before);
    await sh('n1', 'ip link del v9; ip link del br9; ip netns del far');
  });

  test('a preview names the command that is missing, for a trunk and for a parent by name, and the bridge of a port', async () => {
    stack = await newStack(program, 'bridge', on({ trunk }));
    expect(await refused(stack)).toEqual([
      expect.stringMatching(
        /^VlanTrunk trunk-\S+: parentInterface: br9 is a bridge with VLAN filtering.* `bridge vlan add dev br9 vid 50 self` /,
      ),
    ]);
    expect(await refused(configured(stack, on({ parentInterface: 'br9.60' })))).toEqual([
      expect.stringMatching(/^MacvlanNetwork net-\S+: parentInterface: .* `bridge vlan add dev br9 vid 60 self` /),
    ]);
    expect(await refused(configured(stack, on({ parentInterface: 'v9' })))).toEqual([
      expect.stringMatching(
        /^MacvlanNetwork net-\S+: parentInterface: v9 is a port of the bridge br9, .*must be "br9"$/,
      ),
    ]);
    expect(await hostFacts('n1')).toBe(before);
  });

  test('after that command packets pass, and a second up changes nothing', async () => {
    await sh('n1', 'bridge vlan add dev br9 vid 50 self');
    stack = configured(stack, on({ trunk }));
    const { diagnostics } = await succeeds(stack.up());
    expect(diagnostics).toEqual([]);
    expect(await pings('n1', 50)).toBe(true);
    // Without it none does, so the refusal was right.
    await sh('n1', 'bridge vlan del dev br9 vid 50 self');
    expect(await pings('n1', 50)).toBe(false);
    await sh('n1', 'bridge vlan add dev br9 vid 50 self');
    expect(doings(await succeeds(stack.up()))).toEqual([]);
  });

  test('a VLAN on a port of the bridge carries packets, and is not refused', async () => {
    await succeeds(stack.destroy());
    stack = configured(stack, { on: [{ host: n1, prefix: '10.97.60', trunk: { parentInterface: 'v9', vlanId: 60 } }] });
    await succeeds(stack.up());
    expect(await pings('n1', 60)).toBe(true);
  });
});

test('macvlan on a bond that rewrites MAC addresses is a warning, and on its member refused', async () => {
  await sh(
    'n1',
    'ip link add name bond9 type bond mode balance-alb; ip link add name v8 type veth peer name far8; ip link set v8 master bond9',
  );
  const on = (parentInterface: string) => ({ on: [{ host: n1, prefix: '10.97.70', parentInterface }] });
  const stack = await newStack(program, 'bond', on('bond9'));
  expect((await succeeds(stack.preview())).diagnostics).toEqual([
    expect.stringMatching(
      /warning: MacvlanNetwork net-\S+: parentInterface: bond9 is a bond in mode balance-alb, .* 802\.3ad /,
    ),
  ]);
  expect(await refused(configured(stack, on('v8')))).toEqual([
    expect.stringMatching(/v8 is a member of the bond bond9, which gets its frames: must be "bond9"$/),
  ]);
  await sh('n1', 'ip link del v8; ip link del bond9; rmmod bonding');
});

describe('switched networks', () => {
  let before: string[];
  beforeAll(async () => {
    for (const host of hosts) await machine(host, 'eth1', [20]);
    await sh('n2', 'ip link add link eth0 name vlan10 type vlan id 20');
    before = await facts();
  });
  afterAll(async () => {
    for (const host of hosts) await sh(host, 'ip link del eth1; ip netns del far');
    await sh('n2', 'ip link del vlan10');
  });
  const hint =
    /^hosts\.\S+\.containers\["parents-\S+"\]\.attachments\[0\]\.ipv4Address: must be given once on the VLAN, got 10\.97\.20\.10 also at .*, or their parent interfaces of physicalNetwork$/;

  test('the same subnet behind a cable of each host: refused as one network, made and reached as two', async () => {
    const on = (...labels: (string | undefined)[]) => ({
      on: [n1, n2].map((host, at) => ({
        host,
        prefix: '10.97.20',
        trunk: { parentInterface: 'eth1', vlanId: 20, ...(labels[at] && { physicalNetwork: labels[at] }) },
      })),
    });
    const stack = await newStack(program, 'cables', on());
    expect(await refused(stack)).toEqual([expect.stringMatching(hint)]);
    expect(await refused(configured(stack, on('cable', 'cable')))).toEqual([expect.stringMatching(hint)]);
    const two = configured(stack, on('cable 1', 'cable 2'));
    await succeeds(two.up());
    for (const host of hosts) expect(await pings(host, 20)).toBe(true);
    expect(doings(await succeeds(two.up()))).toEqual([]);
    // A label is no property of anything that is made.
    const { changes } = await succeeds(configured(stack, on('cable 3', 'cable 2')).preview());
    expect(Object.keys(changes).sort()).toEqual(['same', 'update']);
    await succeeds(two.destroy());
    expect(await facts()).toEqual(before);
  });

  test('a link by its name is on the VLAN that the host has made it', async () => {
    const on = (vlanId: number) => ({
      on: [
        { host: n1, prefix: '10.97.20', trunk: { parentInterface: 'eth0', vlanId } },
        { host: n2, prefix: '10.97.20', parentInterface: 'vlan10' },
      ],
    });
    const stack = await newStack(program, 'named', on(20));
    expect(await refused(stack)).toEqual([expect.stringMatching(hint)]);
    await succeeds(configured(stack, on(10)).preview());
  });
});
