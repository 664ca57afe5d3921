import type { Stack } from '../../lab/engine/stack';
import { capture } from '../../lab/lab';
import { answering, type Endpoint } from '../../lab/reach';
import { containerStarts, hostFacts, keepPinging, reachablePairs, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds, untagged } from './stack';

/** The life of examples/macvlan-trunk on two hosts; each test goes on where the one before it stopped. */

const hosts = ['n1', 'n2'];
const at = (host: string, container: string, address: string): Endpoint => ({ host, container, address });
const b1 = at('n1', 'b1', '192.168.14.11');
const b2 = at('n2', 'b2', '192.168.14.12');
const b3 = at('n1', 'b3', '192.168.15.11');
const b4 = at('n2', 'b4', '192.168.15.12');

const vlan50 = { vlanId: 50, prefix: '192.168.14', containers: ['b1', 'b2'] };
const vlan60 = { vlanId: 60, prefix: '192.168.15', containers: ['b3', 'b4'] };
const vlan70 = { vlanId: 70, prefix: '192.168.16', containers: ['b5', 'b6'] };

/** The component, whose arguments changed, and its one command. */
const bothTrunksUpdated = ['update n1-trunk', 'update n1-trunk-links', 'update n2-trunk', 'update n2-trunk-links'];

const eachHost = <T>(read: (host: string) => Promise<T>) => Promise.all(hosts.map(read));

let stack: Stack;
let untouched: string[];
/** The program of this folder with the given VLANs, on the example's stack. */
const declaring = (...vlans: (typeof vlan50 & { mtu?: number })[]) =>
  configured(stack.with({ program: 'test/e2e/programs/trunk.ts' }), { hosts: hostConfigs(...hosts), vlans });

beforeAll(async () => {
  stack = await newStack('examples/macvlan-trunk/index.ts', 'macvlan-trunk', { hosts: hostConfigs(...hosts) });
  untouched = await eachHost(hostFacts);
});

afterAll(async () => {
  await stack.destroy();
  await forgetStacks();
});

test('preview lists every resource and changes nothing on any host', async () => {
  const { steps, changes } = await succeeds(stack.preview());
  const names = steps
    .filter(({ op, name }) => op === 'create' && !name.startsWith('default'))
    .map(({ name }) => untagged(name));
  const perHost = (n: string, on50: string, on60: string) => [
    ...[
      n,
      `${n}-docker`,
      `${n}-owner`,
      `${n}-owner-containers`,
      `${n}-trunk`,
      `${n}-trunk-links`,
      `${n}-trunk-removal`,
      `${n}-trunk-sweep`,
    ],
    ...[`${n}-trunk.50`, `${n}-trunk.60`],
    ...[`${n}-macvlan50`, `${n}-macvlan50-network`, `${n}-macvlan60`, `${n}-macvlan60-network`],
    ...[on50, `${on50}-container`, on60, `${on60}-container`],
  ];
  expect(names.sort()).toEqual(
    ['macvlan-trunk-lab', ...perHost('n1', 'b1', 'b3'), ...perHost('n2', 'b2', 'b4')].sort(),
  );
  expect(changes).toEqual({ create: 37 });
  expect(await eachHost(hostFacts)).toEqual(untouched);
});

test('up: containers of one VLAN reach only each other, over both hosts, under their own tag', async () => {
  await succeeds(stack.up());
  const { frames, result } = await capture('n1', 'icmp or vlan', () => reachablePairs([b1, b2, b3, b4]));
  expect(result).toEqual(['b1>b2', 'b2>b1', 'b3>b4', 'b4>b3']);

  const icmp = frames.filter((frame) => frame.includes('ICMP echo'));
  for (const [id, from, to] of [
    [50, b1, b2],
    [60, b3, b4],
  ] as const) {
    const between = icmp.filter(
      (frame) => frame.includes(`${from.address} > ${to.address}`) || frame.includes(`${to.address} > ${from.address}`),
    );
    // Two tries in each direction, a request and a reply each.
    expect(between).toHaveLength(8);
    expect(between.map((frame) => /ethertype 802\.1Q.*?vlan (\d+), /.exec(frame)?.[1])).toEqual(
      between.map(() => String(id)),
    );
    expect(between.filter((frame) => (frame.match(/vlan \d+/g) ?? []).length !== 1)).toEqual([]);
  }
  // What one VLAN sends for the other stays inside of it: no address of 50 under tag 60, and none of 60 under tag 50.
  expect(
    frames.filter((frame) => /vlan 60, .*192\.168\.14\.1[12]\b/.test(frame) && !frame.includes('192.168.15.')),
  ).toEqual([]);
});

test('each container has a MAC and an address of its own, the host has no new bridge and does not reach its containers', async () => {
  const own = await Promise.all(
    [b1, b2, b3, b4].map(({ host, container }) =>
      sh(host, `docker exec ${container} sh -c 'cat /sys/class/net/eth0/address; ip -o -4 addr show eth0'`),
    ),
  );
  expect(new Set(own.map((text) => text.split('\n')[0])).size).toBe(4);
  expect(own.map((text) => /inet (\S+)/.exec(text)?.[1])).toEqual([
    '192.168.14.11/24',
    '192.168.14.12/24',
    '192.168.15.11/24',
    '192.168.15.12/24',
  ]);
  expect(await eachHost((host) => sh(host, 'ip -o link show type bridge | cut -d: -f2'))).toEqual([
    'docker0',
    'docker0',
  ]);
  // By an address of the VLAN's subnet on the host itself, as in the seed; the other host's container does answer there.
  await sh('n1', 'ip addr add 192.168.14.133/24 dev eth0.50');
  try {
    expect(await answering(b1, ['192.168.14.133'])).toEqual(new Set());
    expect(await answering(b2, ['192.168.14.133'])).toEqual(new Set(['192.168.14.133']));
  } finally {
    await sh('n1', 'ip addr del 192.168.14.133/24 dev eth0.50');
  }
});

test('a second up changes and restarts nothing, and refresh finds no change', async () => {
  const before = await eachHost(containerStarts);
  expect(before.map((text) => text.split('\n').length)).toEqual([2, 2]);
  const up = await succeeds(stack.up());
  expect(up.changes).toEqual({ same: 37 });
  const refresh = await succeeds(stack.refresh());
  expect(refresh.changes).toEqual({ same: 37 });
  expect(await eachHost(containerStarts)).toEqual(before);
  // The program that the next tests change declares the same.
  const { changes } = await succeeds(declaring(vlan50, vlan60).preview());
  expect(changes).toEqual({ same: 37 });
});

test('a third VLAN is only new resources, and the containers on 50 lose no ping', async () => {
  const before = await eachHost(containerStarts);
  const pings = await Promise.all([keepPinging(b1, b2.address), keepPinging(b4, b3.address)]);
  const up = await succeeds(declaring(vlan50, vlan60, vlan70).up());
  const counts = await Promise.all(pings.map(({ stop }) => stop()));
  for (const { sent, back } of counts) {
    expect(sent).toBeGreaterThan(5);
    expect(back).toBe(sent);
  }
  const changed = doings(up);
  expect(changed.filter((doing) => !/^create |-sweep$/.test(doing)).sort()).toEqual(bothTrunksUpdated);
  expect(changed.filter((doing) => !/70|b[56]|-trunk/.test(doing))).toEqual([]);
  const after = await eachHost(containerStarts);
  expect(after.map((text, index) => text.includes(before[index] ?? ''))).toEqual([true, true]);
  const b5 = at('n1', 'b5', '192.168.16.11');
  expect(await reachablePairs([b1, b3, b5, at('n2', 'b6', '192.168.16.12')])).toEqual(['b5>b6', 'b6>b5']);
});

test('a VLAN that leaves takes containers, network and link along, in that order, and touches no other', async () => {
  const before = await eachHost((host) => sh(host, 'ip -o link show | grep -E "eth0.(50|70)@" | sed "s/ qlen.*//"'));
  const up = await succeeds(declaring(vlan50, vlan70).up());
  for (const [host, container] of [
    ['n1', 'b3'],
    ['n2', 'b4'],
  ]) {
    const step = (name: string) => up.steps.find((one) => one.op.startsWith('delete') && one.name === name);
    const [first, second, third] = [
      step(`${container}-container`),
      step(`${host}-macvlan60-network`),
      step(`${host}-trunk-sweep`),
    ];
    expect(first?.ended).toBeLessThan(second?.began ?? -1);
    expect(second?.ended).toBeLessThan(third?.began ?? -1);
  }
  expect(doings(up).filter((doing) => !/^delete |^update n[12]-trunk(-links)?$|-sweep$/.test(doing))).toEqual([]);
  expect(
    await eachHost((host) => sh(host, 'ip -o link show type vlan | sed "s/.*: \\(.*\\)@.*/\\1/" | sort | xargs')),
  ).toEqual(['eth0.50 eth0.70', 'eth0.50 eth0.70']);
  expect(await eachHost((host) => sh(host, 'ip -o link show | grep -E "eth0.(50|70)@" | sed "s/ qlen.*//"'))).toEqual(
    before,
  );
  expect(await reachablePairs([b1, b2])).toEqual(['b1>b2', 'b2>b1']);
});

test('an MTU changes in place, with no container restarted', async () => {
  const before = await eachHost(containerStarts);
  const up = await succeeds(declaring({ ...vlan50, mtu: 1400 }, vlan70).up());
  expect(doings(up).sort()).toEqual(bothTrunksUpdated);
  expect(await eachHost((host) => sh(host, 'cat /sys/class/net/eth0.50/mtu'))).toEqual(['1400', '1400']);
  expect(await eachHost(containerStarts)).toEqual(before);
  expect(await reachablePairs([b1, b2])).toEqual(['b1>b2', 'b2>b1']);
});

test('another subnet replaces the network and its containers in one up', async () => {
  const moved = { ...vlan50, prefix: '192.168.24' };
  const preview = await succeeds(declaring(moved, { ...vlan70 }).preview());
  const replaced = ['b1-container', 'b2-container', 'n1-macvlan50-network', 'n2-macvlan50-network'];
  expect(
    preview.steps
      .filter(({ op }) => op === 'replace')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(replaced);
  await succeeds(declaring(moved, vlan70).up());
  expect(await reachablePairs([at('n1', 'b1', '192.168.24.11'), at('n2', 'b2', '192.168.24.12')])).toEqual([
    'b1>b2',
    'b2>b1',
  ]);
  expect(await answering(at('n1', 'b1', ''), [b2.address])).toEqual(new Set());
  const again = await succeeds(declaring(moved, vlan70).up());
  expect(Object.keys(again.changes)).toEqual(['same']);
});

test('destroy leaves the hosts as they were found', async () => {
  await succeeds(stack.destroy());
  expect(await eachHost(hostFacts)).toEqual(untouched);
});
