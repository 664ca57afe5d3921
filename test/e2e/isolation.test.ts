import type { OperationResult, Stack } from '../../lab/engine/stack';
import { onHost } from '../../lab/lab';
import { routerHost } from './engines';
import { hostFacts, sh } from './facts';
import { ForwardingHost, Machines, ownChain } from './forwardingHost';
import { pullPlug } from './returning';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/**
 * What a host routes from and to its VLANs, with packets, beside Docker's own rules: by iptables, because this kernel's nftables has no table for IP. That by
 * nftables is in test/awk/nftables.test.ts.
 */

const host = 'n17';
const [n17] = hostConfigs(host);

/** A machine on each VLAN, in network namespaces of another host; its gateway is the host under test. */
const machines = [1, 2].map((n) => ({
  namespace: `apart${n}`,
  vlanId: 3360 + n,
  gateways: [`10.61.${n}.1`, `2001:db8:61:${n}::1`],
  addresses: [`10.61.${n}.2`, `2001:db8:61:${n}::2`],
}));
const [one, two] = machines as [(typeof machines)[0], (typeof machines)[0]];
const vlans = machines.map(({ vlanId, gateways: [v4, v6] }) => ({ vlanId, addresses: [`${v4}/24`, `${v6}/64`] }));
const links = vlans.map(({ vlanId }) => `eth0.${vlanId}`);

const others = new Machines(routerHost, machines);
const answers = (from: (typeof machines)[0], ...addresses: string[]) => others.asked(from, addresses);
const router = new ForwardingHost(host);
const { rules, letThrough, forwarding, setting } = router;
/** From one VLAN to the other, both ways, IPv4 and IPv6. */
const across = async () => [...(await answers(one, ...two.addresses)), ...(await answers(two, ...one.addresses))];
const all = [...two.addresses, ...one.addresses];
/** From a container on Docker's own bridge into a VLAN, through the host. */
const fromBridge = async () =>
  (await onHost(host, `docker exec bridged ping -c 2 -W 3 ${one.addresses[0]}`)).code === 0;

/** What does not pass the host's routing: the host itself, a container on macvlan, one on ipvlan l3. */
async function directly(): Promise<void> {
  const mine = [...one.gateways, '10.61.1.70'];
  expect(await answers(one, ...mine)).toEqual(mine);
  const its = [...two.gateways, '10.61.9.70'];
  expect(await answers(two, ...its)).toEqual(its);
}

const words = ({ diagnostics }: OperationResult) => diagnostics.join('\n');

let untouched: string;
let stack: Stack;
const declare = (routing?: string) => {
  stack = configured(stack, { host: n17, vlans, ...(routing !== undefined && { routing }) });
};
const previewsNothing = async () => {
  const preview = await succeeds(stack.preview());
  expect([Object.keys(preview.changes), words(preview)]).toEqual([['same'], '']);
};

beforeAll(async () => {
  await others.make();
  untouched = `${await hostFacts(host)}\n${await rules()}`;
  await router.runBridged();
  stack = await newStack('test/e2e/programs/isolation.ts', 'isolation', { host: n17, vlans });
});
afterAll(async () => {
  await forgetStacks();
  await sh(host, 'docker rm -f bridged 2>/dev/null; rm -f /etc/sysctl.d/99-isolation.conf');
  await others.remove();
});

test('unmanaged, a host that forwards routes between its VLANs, and a preview warns of it', async () => {
  await letThrough('ACCEPT');
  await forwarding(1, 1);
  expect(words(await succeeds(stack.preview()))).toContain('it is a router between these VLANs');
  await succeeds(stack.up());
  expect(await across()).toEqual(all);
  expect(await fromBridge()).toBe(true);
  await directly();
});

test('isolated, nothing passes through the host, and what does not need it does', async () => {
  declare('isolated');
  expect(doings(await succeeds(stack.preview())).sort()).toEqual(['update trunk', 'update trunk-links']);
  await succeeds(stack.up());
  expect(await across()).toEqual([]);
  expect(await fromBridge()).toBe(false);
  await directly();
  await previewsNothing();
});

test.each([
  ['the way to our rules removed', `iptables -t mangle -D FORWARD -j ${ownChain}`],
  ['a rule removed', `iptables -t mangle -F ${ownChain}`],
])('%s is seen, said, and mended', async (_, damage) => {
  await sh(host, damage);
  expect(await answers(one, ...two.addresses)).toEqual(two.addresses.filter((address) => address.includes('.')));
  const preview = await succeeds(stack.preview());
  expect(doings(preview)).toEqual(['update trunk-links']);
  for (const link of links)
    expect(words(preview)).toContain(`the rules for routing: 'isolated' of ${link} are changed`);
  await succeeds(stack.up());
  expect(await answers(one, ...two.addresses)).toEqual([]);
  await previewsNothing();
});

test('isolated after a power cut', async () => {
  await pullPlug(host);
  await letThrough('ACCEPT');
  await forwarding(1, 1);
  expect(await across()).toEqual([]);
  expect(await fromBridge()).toBe(false);
  await directly();
  await previewsNothing();
});

test('between is refused where the kernel forwards no IPv6, with what it takes', async () => {
  await letThrough('DROP');
  await forwarding(0, 0);
  declare('between');
  const { ok, error } = await stack.preview();
  expect([ok, error]).toEqual([
    false,
    expect.stringContaining("routing: 'between' needs net.ipv6.conf.all.forwarding = 1"),
  ]);
});

test('between, packets pass between the VLANs past a firewall that drops all else, and nowhere else', async () => {
  await forwarding(0, 1);
  await succeeds(stack.up());
  expect(await setting('eth0')).toBe('0');
  for (const link of links) expect(await setting(link)).toBe('1');
  expect(await across()).toEqual(all);
  await letThrough('ACCEPT');
  await forwarding(1, 1);
  expect(await fromBridge()).toBe(false);
  expect(await across()).toEqual(all);
  await directly();
  await previewsNothing();
});

test('between after a power cut, with Docker that starts later, and after a restart of Docker', async () => {
  await sh(host, 'echo net.ipv6.conf.all.forwarding=1 >/etc/sysctl.d/99-isolation.conf');
  await pullPlug(host);
  expect(await sh(host, 'iptables -S FORWARD | head -n 1')).toBe('-P FORWARD DROP');
  expect(await across()).toEqual(all);
  await previewsNothing();
  await sh(host, 'systemctl restart docker');
  expect(await across()).toEqual(all);
  await previewsNothing();
});

test('unmanaged again, forwarding is off as it was, and no rule is left', async () => {
  await forwarding(0, 1);
  for (const link of links) await sh(host, `echo 1 >/proc/sys/net/ipv4/conf/${link}/forwarding`);
  declare();
  await succeeds(stack.up());
  for (const link of links) expect(await setting(link)).toBe('0');
  expect(await rules()).not.toContain('vlan-trunk');
  expect(await across()).toEqual(all.filter((address) => !address.includes('.')));
});

test('destroy takes the rules along', async () => {
  declare('isolated');
  await succeeds(stack.up());
  expect(await rules()).toMatch(/-A FORWARD -j vlan-trunk-/);
  await succeeds(stack.destroy());
  await router.restore();
  expect(`${await hostFacts(host)}\n${await rules()}`).toBe(untouched);
});
