import { capture, rebootHost } from '../../lab/lab';
import type { Stack } from '../../lab/engine/stack';
import { answering, type Endpoint } from '../../lab/reach';
import { hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, problemsIn, succeeds } from './stack';

/** Frames with two tags: trunks on the VLANs of another trunk, from one `up` on a host that has none of it. */

const host = 'n20';
const other = 'n21';
const config = (outer: number[], more: object = {}) => ({ host: hostConfigs(host)[0], outer, ...more });

let untouched: string[];
let stack: Stack;
const facts = () => Promise.all([host, other].map(hostFacts));
beforeAll(async () => {
  untouched = await facts();
  // The customer's machines at the other end: one address on VLAN 50 below each of the provider's VLANs.
  await sh(
    other,
    [100, 101]
      .map(
        (
          id,
        ) => `ip netns add s${id}; ip link add link eth0 name s${id} type vlan protocol 802.1ad id ${id}; ip link set s${id} netns s${id}
         ip -n s${id} link set s${id} up; ip -n s${id} link add link s${id} name c50 type vlan id 50; ip -n s${id} link set c50 up
         ip -n s${id} addr add 192.168.250.${id}/24 dev c50`,
      )
      .join('\n'),
  );
});
afterAll(async () => {
  await forgetStacks();
  await sh(other, 'ip netns del s100; ip netns del s101');
  expect(await facts()).toEqual(untouched);
});

const a: Endpoint = { host, container: 'qinq-a', address: '192.168.250.10' };
/** The tags of the frames with which the container is answered, and by whom it is. */
async function passes(): Promise<{ tags: string[]; answers: string[] }> {
  const { frames, result } = await capture(host, 'vlan and vlan and icmp', () =>
    answering(a, ['192.168.250.100', '192.168.250.101']),
  );
  const tags = frames.map(
    (frame) =>
      /ethertype (802\.1Q-QinQ).*: (vlan \d+), .*ethertype (802\.1Q)[^v]*(vlan \d+), /
        .exec(frame)
        ?.slice(1)
        .join(' ') ?? frame,
  );
  return { tags: [...new Set(tags)], answers: [...result] };
}
const below = (id: number) => ({ tags: [`802.1Q-QinQ vlan ${id} 802.1Q vlan 50`], answers: [`192.168.250.${id}`] });
const empty = async () => {
  const { changes, diagnostics } = await succeeds(stack.preview());
  expect([Object.keys(changes), diagnostics]).toEqual([['same'], []]);
};

test('one up, two tags on the wire, and the same VLAN ID below another outer VLAN is another network', async () => {
  stack = await newStack('test/e2e/programs/qinq.ts', 'qinq', config([100, 102]));
  expect((await succeeds(stack.preview())).changes.create).toBeGreaterThan(10);
  await succeeds(stack.up());
  expect(await passes()).toEqual(below(100));
  expect(doings(await succeeds(stack.up()))).toEqual([]);
});

test('comes back after a reboot, outer before inner, and is no drift', async () => {
  await rebootHost(host);
  expect(await passes()).toEqual(below(100));
  await empty();
});

test('an outer link that somebody deletes is missed together with what was on it, and mended in one up', async () => {
  await sh(host, 'ip link del eth0.100');
  const { diagnostics } = await succeeds(stack.preview());
  const said = diagnostics.join('\n');
  for (const link of ['eth0.100', 'eth0.100.50']) expect(said).toContain(`${link} is missing`);
  await succeeds(stack.up());
  expect(await passes()).toEqual(below(100));
  await empty();
});

test('MTUs: the inner one is at most the outer one, and both can be raised in one up', async () => {
  const { ok, error = '' } = await configured(stack, config([100, 102], { mtu: 1400, innerMtu: 1450 })).preview();
  expect(ok).toBe(false);
  const at = `hosts.${hostConfigs(host)[0]?.name}.trunks`;
  expect(problemsIn(error)).toContain(
    `${at}["inner-a"].vlans[0].mtu: must be at most 1400, that of ${at}.outer.vlans[0], got 1450`,
  );
  for (const [mtu, innerMtu] of [
    [1400, 1396],
    [1500, 1450],
  ]) {
    stack = configured(stack, config([100, 102], { mtu, innerMtu }));
    await succeeds(stack.up());
    expect(await sh(host, "cat /sys/class/net/eth0.100/mtu /sys/class/net/eth0.100.50/mtu | tr '\\n' ' '")).toBe(
      `${mtu} ${innerMtu}`,
    );
  }
});

test('an outer VLAN that becomes another one takes along what is on it, in one up', async () => {
  stack = configured(stack, config([101, 102]));
  await succeeds(stack.up());
  expect(await passes()).toEqual(below(101));
  expect(await sh(host, 'ip -o link show type vlan | grep -c eth0.100 || true')).toBe('0');
  await empty();
});
