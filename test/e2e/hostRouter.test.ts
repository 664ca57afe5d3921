import type { OperationResult, Stack } from '../../lab/engine/stack';
import { hostFacts, sh } from './facts';
import { asked, ForwardingHost, Machines, ownChain } from './forwardingHost';
import { pullPlug } from './returning';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/**
 * A host that is the gateway of two VLANs by its shims, for its own containers and for all other machines, and what it routes for them, with packets, on a
 * kernel that has netfilter.
 */

const host = 'n17';
const [n1] = hostConfigs(host);

const ends = [1, 2].map((n) => ({
  namespace: `routed${n}`,
  container: `router-c${n}`,
  vlanId: 3370 + n,
  gateways: [`10.62.${n}.1`, `2001:db8:62:${n}::1`],
  machine: [`10.62.${n}.2`, `2001:db8:62:${n}::2`],
  addresses: [`10.62.${n}.70`, `2001:db8:62:${n}::1:70`],
}));
type End = (typeof ends)[0];
const [one, two] = ends as [End, End];
/** One on each VLAN. */
const machines = new Machines(
  'n23',
  ends.map(({ machine, ...end }) => ({ ...end, addresses: machine })),
);
const router = new ForwardingHost(host);
const { rules, letThrough, forwarding, setting } = router;
const links = ends.flatMap(({ vlanId }) => [`eth0.${vlanId}`, `eth0.${vlanId}-shim`]);

const fromContainer = ({ container }: End, addresses: string[]) => asked(host, `docker exec ${container}`, addresses);
const fromMachine = (end: End, addresses: string[]) => machines.asked(end, addresses);

/** From one VLAN to the other: containers to containers and machines, machines to containers and machines, both ways, IPv4 and IPv6. */
async function across(): Promise<string[]> {
  const rows = await Promise.all(
    [[one, two] as const, [two, one] as const].flatMap(([from, to]) =>
      (
        [
          ['container', fromContainer],
          ['machine', fromMachine],
        ] as const
      ).map(async ([what, ask]) =>
        (await ask(from, [...to.addresses, ...to.machine])).map((address) => `${what} ${from.vlanId} > ${address}`),
      ),
    ),
  );
  return rows.flat().sort();
}
const all = [[one, two] as const, [two, one] as const].flatMap(([from, to]) =>
  ['container', 'machine'].flatMap((what) =>
    [...to.addresses, ...to.machine].map((address) => `${what} ${from.vlanId} > ${address}`),
  ),
);
const everything = [...all].sort();
const onlyIpv4 = everything.filter((row) => !row.includes(':'));

/** What is routed by nobody: the host at the gateways' addresses, and what is on the same VLAN. */
async function directly(): Promise<void> {
  for (const end of ends) {
    const near = [...end.gateways, ...end.machine];
    expect(await fromContainer(end, near)).toEqual(near);
    const far = [...end.gateways, ...end.addresses];
    expect(await fromMachine(end, far)).toEqual(far);
    expect(await asked(host, '', [...end.addresses, ...end.machine])).toEqual([...end.addresses, ...end.machine]);
  }
}
/** Between a container on a bridge of Docker and one that has the host as its gateway. */
const bridge = async () => {
  const address = await sh(host, `docker inspect -f '{{.NetworkSettings.IPAddress}}' bridged`);
  return [
    ...(await asked(host, 'docker exec bridged', [one.addresses[0]!])),
    ...(await fromContainer(one, [address])).map(() => 'bridged'),
  ];
};

const words = ({ diagnostics }: OperationResult) => diagnostics.join('\n');
/** The command that makes the links of a component. */
const linksOf = (name: string) => (name === 'trunk' ? 'trunk-links' : `${name}-link`);
const previewsNothing = async () => {
  const preview = await succeeds(stack.preview());
  expect([Object.keys(preview.changes), words(preview)]).toEqual([['same'], '']);
};

let untouched: string;
let stack: Stack;
const declare = (routing?: string, more: object = {}) => {
  const vlans = ends.map(({ vlanId }) => vlanId);
  stack = configured(stack, { host: n1, vlans, ...(routing !== undefined && { routing }), ...more });
};

beforeAll(async () => {
  await machines.make();
  untouched = `${await hostFacts(host)}\n${await rules()}`;
  await router.runBridged();
  stack = await newStack('test/e2e/programs/hostRouter.ts', 'router', {});
});
afterAll(async () => {
  await forgetStacks();
  await sh(host, 'docker rm -f bridged 2>/dev/null; rm -f /etc/sysctl.d/99-router.conf');
  await machines.remove();
});

test('on the VLANs themselves the gateways are refused for containers here, with both ways out, and one up moves them to shims, with a warning', async () => {
  declare(undefined, { onVlan: true, empty: true });
  await succeeds(stack.up());
  declare(undefined, { onVlan: true });
  const { ok, error } = await stack.preview();
  const remedies = 'use macvlan with a shim that carries it in place of the interface, or ipvlan in mode l3';
  expect([ok, error]).toEqual([false, expect.stringContaining(remedies)]);
  declare();
  await letThrough('ACCEPT');
  await forwarding(1, 1);
  const said = words(await succeeds(stack.preview()));
  for (const family of ['IPv4', 'IPv6'])
    expect(said).toContain(
      `the host forwards ${family} and has addresses on eth0.3371-shim, eth0.3372: it is a router`,
    );
  await succeeds(stack.up());
  await directly();
});

test('unmanaged, a host that forwards is the router of its containers and of all machines on both VLANs', async () => {
  await letThrough('ACCEPT');
  await forwarding(1, 1);
  await directly();
  expect(await across()).toEqual(everything);
  expect(await bridge()).toEqual([one.addresses[0], 'bridged']);
});

test('isolated, nothing passes through the shims, and what needs no router does', async () => {
  declare('isolated');
  const done = doings(await succeeds(stack.preview()));
  expect(done).toEqual(
    expect.arrayContaining(['lan1-shim', 'lan2-shim', 'trunk'].map((name) => `update ${linksOf(name)}`)),
  );
  expect(done.filter((doing) => !doing.startsWith('update '))).toEqual([]);
  await succeeds(stack.up());
  expect(await across()).toEqual([]);
  expect(await bridge()).toEqual([]);
  await directly();
  await previewsNothing();
});

test('rules that are removed are seen, said of each link, and mended', async () => {
  await sh(host, `iptables -t mangle -F ${ownChain}`);
  expect(await across()).toEqual(onlyIpv4);
  const preview = await succeeds(stack.preview());
  for (const link of links)
    expect(words(preview)).toContain(`the rules for routing: 'isolated' of ${link} are changed`);
  await succeeds(stack.up());
  expect(await across()).toEqual([]);
  await previewsNothing();
});

test('isolated after a power cut', async () => {
  await pullPlug(host);
  await letThrough('ACCEPT');
  await forwarding(1, 1);
  expect(await across()).toEqual([]);
  expect(await bridge()).toEqual([]);
  await directly();
  await previewsNothing();
});

test('between is refused where the kernel forwards no IPv6, because a shim has such addresses', async () => {
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
  expect(await across()).toEqual(everything);
  await letThrough('ACCEPT');
  await forwarding(1, 1);
  expect(await bridge()).toEqual([]);
  expect(await across()).toEqual(everything);
  await directly();
  await previewsNothing();
});

test('between after a power cut, with Docker that starts later', async () => {
  await sh(host, 'echo net.ipv6.conf.all.forwarding=1 >/etc/sysctl.d/99-router.conf');
  await pullPlug(host);
  expect(await sh(host, 'iptables -S FORWARD | head -n 1')).toBe('-P FORWARD DROP');
  expect(await across()).toEqual(everything);
  await directly();
  await previewsNothing();
});

test('unmanaged again, forwarding is off as it was, and no rule is left', async () => {
  await forwarding(0, 1);
  for (const link of links) await sh(host, `echo 1 >/proc/sys/net/ipv4/conf/${link}/forwarding`);
  declare();
  await succeeds(stack.up());
  for (const link of links) expect(await setting(link)).toBe('0');
  expect(await rules()).not.toContain('vlan-trunk');
  expect(await across()).toEqual(everything.filter((row) => row.includes(':')));
});

test('destroy takes the rules along', async () => {
  declare('between');
  await succeeds(stack.up());
  expect(await rules()).toMatch(/-A FORWARD -j vlan-trunk-/);
  await succeeds(stack.destroy());
  await router.restore();
  expect(`${await hostFacts(host)}\n${await rules()}`).toBe(untouched);
});
