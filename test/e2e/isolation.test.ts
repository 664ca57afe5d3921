import type { OperationResult, Stack } from '../../lab/engine/stack';
import { onHost } from '../../lab/lab';
import { routerHost } from './engines';
import { hostFacts, sh } from './facts';
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

const ping = 'for a in "$@"; do ping -c 3 -i 0.3 -W 3 "$a" >/dev/null 2>&1 && echo "$a" & done; wait';
/** Which of the addresses answer a machine. */
async function answers({ namespace }: { namespace: string }, ...addresses: string[]): Promise<string[]> {
  const from = `ip netns exec ${namespace}`;
  const { stdout } = await onHost(
    routerHost,
    `ip -n ${namespace} neigh flush all; ${from} sh -c '${ping}' sh ${addresses.join(' ')}`,
  );
  return addresses.filter((address) => stdout.split('\n').includes(address));
}
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

/** Everything that the argument changes on the host. */
const rules = () =>
  sh(
    host,
    `for t in iptables ip6tables; do for table in filter mangle; do $t -t $table -S | grep -i vlan || true; done; done
     cd /proc/sys/net; grep . ipv[46]/conf/*/forwarding | grep -v docker | grep -v veth`,
  );
/** The host forwards between all of its interfaces, or Docker's way: none of its own firewall's chains lets anything through. */
const letThrough = (policy: 'ACCEPT' | 'DROP') =>
  sh(host, `iptables -P FORWARD ${policy}; ip6tables -P FORWARD ${policy}`);
const forwarding = (v4: 0 | 1, v6: 0 | 1) =>
  sh(host, `sysctl -qw net.ipv4.ip_forward=${v4} net.ipv6.conf.all.forwarding=${v6}`);
const setting = (link: string, family: string) => sh(host, `cat /proc/sys/net/${family}/conf/${link}/forwarding`);

const words = ({ diagnostics }: OperationResult) => diagnostics.join('\n');
const bridged = 'docker run --detach --name bridged --restart always busybox sleep 1000000';

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
  for (const { namespace, vlanId, gateways, addresses } of machines) {
    await sh(
      routerHost,
      `set -e; ip netns add ${namespace}; ip link add link eth0 name vlan netns ${namespace} type vlan id ${vlanId}
       ip -n ${namespace} addr add ${addresses[0]}/24 dev vlan; ip -n ${namespace} addr add ${addresses[1]}/64 dev vlan nodad
       ip -n ${namespace} link set vlan up
       for gateway in ${gateways.join(' ')}; do ip -n ${namespace} route add default via $gateway; done`,
    );
  }
  untouched = `${await hostFacts(host)}\n${await rules()}`;
  await sh(host, bridged);
  stack = await newStack('test/e2e/programs/isolation.ts', 'isolation', { host: n17, vlans });
});
afterAll(async () => {
  await forgetStacks();
  await sh(host, 'docker rm -f bridged 2>/dev/null; rm -f /etc/sysctl.d/99-isolation.conf');
  for (const { namespace } of machines) await sh(routerHost, `ip netns del ${namespace}`);
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

/** Our chain in the table that is before Docker's. */
const chain = `$(iptables -t mangle -S | sed -n 's/^-A FORWARD -j \\(vlan-trunk-[0-9]*\\)$/\\1/p')`;

test.each([
  ['the way to our rules removed', `iptables -t mangle -D FORWARD -j ${chain}`],
  ['a rule removed', `iptables -t mangle -F ${chain}`],
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
  expect(await setting('eth0', 'ipv4')).toBe('0');
  for (const link of links) expect(await setting(link, 'ipv4')).toBe('1');
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
  for (const link of links) expect(await setting(link, 'ipv4')).toBe('0');
  expect(await rules()).not.toContain('vlan-trunk');
  expect(await across()).toEqual(all.filter((address) => !address.includes('.')));
});

test('destroy takes the rules along', async () => {
  declare('isolated');
  await succeeds(stack.up());
  expect(await rules()).toMatch(/-A FORWARD -j vlan-trunk-/);
  await succeeds(stack.destroy());
  await letThrough('DROP');
  await sh(host, 'ip6tables -P FORWARD ACCEPT; docker rm -f bridged');
  await forwarding(1, 0);
  expect(`${await hostFacts(host)}\n${await rules()}`).toBe(untouched);
});
