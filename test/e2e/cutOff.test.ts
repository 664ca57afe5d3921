import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { OperationResult } from '../../lab/engine/stack';
import { setPathMtu } from '../../lab/lab';
import { controller, type Cut, type CutKind, kinds, nic, plantCut, removeCut } from './cut';
import { hostFacts, sh } from './facts';
import { configured, forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from './stack';

/**
 * Changes that really cut a host off: an `ip` of the test, in front of the host's own, does so in the middle of an apply. How many are tried and which,
 * is set by VLAN_TRUNK_CUTS and VLAN_TRUNK_SEED.
 */
const cuts = Number(process.env.VLAN_TRUNK_CUTS ?? 2);
const firstSeed = Number(process.env.VLAN_TRUNK_SEED ?? 1);
const hosts = ['n15', 'n16'] as const;
const [host, second] = hosts;
const configs = hostConfigs(...hosts);
const [config] = configs as [HostConfig];
const cutOf = (seed: number): Cut & { seed: number } => {
  const names = Object.keys(kinds) as CutKind[];
  const kind = names[seed % names.length] ?? 'a route';
  // What a ping is too small for is never seen.
  return { seed, kind, isUnseen: kind.includes('MTU') || seed % 2 === 1 };
};

/** Whether sshd answers. */
const answers = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: config.address, port: 22, timeout: 1000 });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('data', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });

/** For how long the host did not answer, in seconds, while something is done; until it answers again. */
async function outageDuring<T>(operation: Promise<T>): Promise<{ result: T; seconds: number }> {
  let result: { value: T } | undefined;
  void operation.then((value) => (result = { value }));
  let seconds = 0;
  let since: number | undefined;
  for (;;) {
    if (await answers()) {
      if (since !== undefined) seconds = Math.max(seconds, (Date.now() - since) / 1000);
      since = undefined;
      if (result !== undefined) return { result: result.value, seconds };
    } else since ??= Date.now();
    await pause(200);
  }
}

/** Without the folders of what is known of the last apply. */
const facts = async () => [
  (await hostFacts(host)).replace(/^\.rev\w+\n/gm, ''),
  await sh(host, `cd /var/lib/vlan-trunk; for file in *; do echo $file; sort $file; done`),
];

const address = (last: number) => `10.95.0.${last}/24`;
const declares = (last: number, all: HostConfig[] = [config]) => ({
  hosts: all,
  parentInterface: nic,
  vlans: [{ vlanId: 95, addresses: [address(last)] }],
});
const words = ({ error = '', diagnostics }: OperationResult) => [error, ...diagnostics].join('\n');

const untouched: string[] = [];
beforeAll(async () => {
  for (const one of hosts) {
    untouched.push(await hostFacts(one));
    await sh(one, `ip link add ${nic} type veth peer name ${nic}x; ip link set ${nic} up; ip link set ${nic}x up`);
  }
  // Wide enough for the path, as its administrator has set it.
  await sh(host, 'ip link set eth0 mtu 1000');
  await setPathMtu(host, 1000);
  // One that the kernel takes away with a link that is set down.
  await sh(host, `ip route add 10.96.0.0/24 via ${controller} dev eth0`);
});
afterAll(async () => {
  await removeCut(host);
  await forgetStacks();
  await setPathMtu(host, 1500);
  await sh(host, 'ip route del 10.96.0.0/24; ip link set eth0 mtu 1500');
  for (const one of hosts) await sh(one, `ip link del ${nic}`);
  for (const [index, one] of hosts.entries()) expect(await hostFacts(one)).toBe(untouched[index]);
});

test.each(Array.from({ length: cuts }, (_, index) => cutOf(firstSeed + index)))(
  'a host that a change cuts off comes back by itself, and up says why: seed $seed, $kind, unseen by the host: $isUnseen',
  async (cut) => {
    const stack = await newStack('test/e2e/programs/cutOff.ts', 'cut-off', declares(1));
    await succeeds(stack.up());
    const before = await facts();
    const changed = configured(stack, declares(2));
    await plantCut(host, cut);
    const { result, seconds } = await outageDuring(changed.up());
    await removeCut(host);
    console.log(`cut: seed ${cut.seed}, ${cut.kind}, unseen ${cut.isUnseen}: ${seconds.toFixed(1)} s`);
    expect(result.ok).toBe(false);
    const said = words(result);
    if (cut.isUnseen) {
      expect(said).toMatch(/the change could not be confirmed over a new connection|broke in the middle of the change/);
      expect(said).toMatch(new RegExp(`reported by root@${config.address} port 22|the connection to ${host} broke`));
      expect(said).toContain('not confirmed over a new connection within 10 s');
      // A few bytes may still pass where no packet of ssh does.
      if (!cut.kind.includes('MTU')) expect(seconds).toBeGreaterThan(0);
    } else expect(said).toMatch(new RegExp(`(the way from|does not answer) ${host} \\(${config.address}\\)`));
    expect(said).toContain('undone: the links are as they were before');
    expect(seconds).toBeLessThan(75);
    expect(await facts()).toEqual(before);

    const preview = await succeeds(changed.preview());
    expect(preview.changes).toMatchObject({ update: 1 });
    if (cut.isUnseen) expect(words(preview)).toContain('the host has taken the last change back: not confirmed');
    await succeeds(changed.up());
    expect(await sh(host, `ip -o -4 addr show dev ${nic}.95`)).toContain(address(2));
    expect(Object.keys((await succeeds(changed.preview())).changes)).toEqual(['same']);
    await succeeds(changed.destroy());
    expect(await sh(host, 'ls -A /var/lib/vlan-trunk 2>/dev/null || true')).toBe('');
  },
);

test('up fails with what the host has undone where its connection breaks in the middle of a change', async () => {
  const stack = await newStack('test/e2e/programs/cutOff.ts', 'cut-off', declares(1));
  await succeeds(stack.up());
  const before = await facts();
  const changed = configured(stack, declares(2));
  const endSession = `p=$$; while ! grep -q ^sshd /proc/$p/comm; do p=$(awk '/^PPid/ { print $2 }' /proc/$p/status); done; kill -9 $p`;
  await plantCut(host, { kind: 'a route', isUnseen: true }, endSession);
  const result = await changed.up();
  await removeCut(host);
  expect(result.ok).toBe(false);
  const why = 'broke in the middle of the change, and the host takes back what is not confirmed';
  const undone = 'not confirmed over a new connection within 10 s; undone: the links are as they were before';
  expect(words(result)).toContain(`VlanTrunk trunk-${host}: the connection to ${host} ${why}: ${undone}`);
  expect(await facts()).toEqual(before);
  await succeeds(changed.up());
  expect(await sh(host, `ip -o -4 addr show dev ${nic}.95`)).toContain(address(2));
  await succeeds(changed.destroy());
});

test('up stops before the hosts that are not begun, and says how far each one has come', async () => {
  const stack = await newStack('test/e2e/programs/cutOff.ts', 'cut-off', declares(1, configs));
  // Which of them is the first one is the engine's choice.
  for (const one of hosts) await plantCut(one, { kind: 'a route', isUnseen: true });
  const result = await stack.up({ parallel: 1 });
  for (const one of hosts) await removeCut(one);
  expect(result.ok).toBe(false);
  const said = words(result);
  const [first, other] = said.includes(`${host}: taken back`) ? [host, second] : [second, host];
  expect(said).toContain(`VlanTrunk trunk-${first}: the change could not be confirmed`);
  expect(said).toContain(`${first}: taken back`);
  expect(said).toContain(`${other}: not begun`);
  expect(said).not.toContain(`VlanTrunk trunk-${other}`);
  for (const one of hosts) expect(await sh(one, `ls /sys/class/net | grep ${nic}.95 || true`)).toBe('');
  expect(await sh(other, 'ls -A /var/lib/vlan-trunk 2>/dev/null || true')).toBe('');
  await succeeds(stack.up());
  for (const one of hosts) expect(await sh(one, `ip -o -4 addr show dev ${nic}.95`)).toContain(address(1));
  await succeeds(stack.destroy());
});
