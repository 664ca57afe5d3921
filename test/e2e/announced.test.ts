import type { Stack } from '../../lab/engine/stack';
import { engineHosts, routerHost } from './engines';
import { hostFacts, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/**
 * A container that moves to another host is reachable there at once, for a neighbour that has its old MAC address and keeps it for long. From
 * Engine 28 on Docker tells the neighbours; before, this package does.
 */
const hosts = [engineHosts[26], engineHosts[29]];
const own = { hosts: hostConfigs(...hosts) };
const addresses = ['10.15.0.10', '10.15.1.10', '2001:db8:150::a', '2001:db8:151::a'];
let before: string[];
let stack: Stack;

beforeAll(async () => {
  before = await Promise.all(hosts.map(hostFacts));
  await sh(
    routerHost,
    `for v in 150 151; do
       ip link add link eth0 name eth0.$v type vlan id $v; ip link set eth0.$v up
       ip addr add 10.15.$((v - 150)).1/24 dev eth0.$v; ip addr add 2001:db8:$v::1/64 dev eth0.$v nodad
       sysctl -qw net.ipv4.neigh.eth0/$v.base_reachable_time_ms=600000 net.ipv6.neigh.eth0/$v.base_reachable_time_ms=600000
     done`,
  );
  stack = await newStack('test/e2e/programs/announced.ts', 'announced', { ...own, on: '1' });
});
afterAll(async () => {
  await forgetStacks();
  await sh(routerHost, 'ip link del eth0.150; ip link del eth0.151');
});

/** Pings each address five times a second while a container moves; the seconds from its start on the new host until it answers again. */
async function silenceAfter(move: () => Promise<unknown>, host: string): Promise<Record<string, number>> {
  const log = (address: string) => `/tmp/ping-${address}`;
  await sh(
    routerHost,
    addresses
      .map(
        (address) =>
          `ping -c 3 -W 2 ${address} >/dev/null; ping -D -i 0.2 -w 240 ${address} >${log(address)} 2>&1 & echo $! >>/tmp/pings`,
      )
      .join('\n'),
  );
  await move();
  // Longer than what is allowed.
  await sh(routerHost, 'sleep 5; kill $(cat /tmp/pings); rm /tmp/pings');
  const silence = addresses.map(async (address, index) => {
    const container = index % 2 === 0 ? 'macvlan' : 'ipvlan';
    const started = Date.parse(await sh(host, `docker inspect -f '{{.State.StartedAt}}' ${container}`)) / 1000;
    const replies = await sh(
      routerHost,
      `sed -n 's/^\\[\\([0-9.]*\\)\\].*bytes from.*/\\1/p' ${log(address)}; rm ${log(address)}`,
    );
    const first = replies
      .split('\n')
      .map(Number)
      .find((time) => time > started);
    return [address, first === undefined ? Infinity : first - started] as const;
  });
  return Object.fromEntries(await Promise.all(silence));
}

test.each([
  ['from Engine 29 to 26', 0],
  ['from Engine 26 to 29', 1],
])('a container that moves %s is silent for 3 seconds at most', async (_, on) => {
  await succeeds(configured(stack, { ...own, on: `${1 - on}` }).up());
  const moved = configured(stack, { ...own, on: `${on}` });
  const silence = await silenceAfter(() => succeeds(moved.up()), hosts[on] ?? '');
  console.log(silence);
  for (const seconds of Object.values(silence)) expect(seconds).toBeLessThanOrEqual(3);
  expect(Object.keys((await succeeds(moved.up())).changes)).toEqual(['same']);
});

test('destroy leaves both hosts as they were', async () => {
  await succeeds(stack.destroy());
  expect(await Promise.all(hosts.map(hostFacts))).toEqual(before);
});
