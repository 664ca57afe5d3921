import type { Stack } from '../../lab/engine/stack';
import { rebootHost } from '../../lab/lab';
import { hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, problemsIn, succeeds } from './stack';

/** MAC addresses that stay, on an Engine that can (29.3 or newer); on an older one they are refused. */
/** The other one is only asked. */
const [host, older] = ['n22', 'n3'] as const;
const [own, old] = hostConfigs(host, older);
let stack: Stack;
let before: string;

beforeAll(async () => {
  await sh(host, 'docker network create --subnet 172.30.72.0/24 -o com.docker.network.bridge.name=front front');
  before = await hostFacts(host);
  stack = await newStack('test/e2e/programs/mac.ts', 'mac', { host: own });
});
afterAll(async () => {
  await forgetStacks();
  await sh(host, 'docker network rm front');
});

const macIn = (container: string, link: string) =>
  sh(host, `docker exec ${container} cat /sys/class/net/${link}/address`);
const linkOf = async (container: string, address: string) =>
  sh(host, `docker exec ${container} ip -o -4 address show to ${address} | awk '{ print $2 }'`);
const empty = async () => expect(Object.keys((await succeeds(stack.preview())).changes)).toEqual(['same']);

/** In the containers, and as a neighbour on the VLAN learns them from their packets. */
async function macs(): Promise<string[]> {
  const neighbours = await sh(
    host,
    `docker exec peer sh -c 'for a in 10.17.2.10 10.17.2.11; do arp -d $a 2>/dev/null; ping -c 1 -W 5 $a >/dev/null; done; cat /proc/net/arp'`,
  );
  const learnt = (address: string) =>
    new RegExp(`^${address} .*?((?:[0-9a-f]{2}:){5}[0-9a-f]{2})`, 'm').exec(neighbours)?.[1] ?? '';
  const inside = [
    await macIn('fixed', 'eth0'),
    await macIn('derived', await linkOf('derived', '10.17.2.11')),
    await macIn('derived', await linkOf('derived', '172.30.72.11')),
  ];
  expect([learnt('10.17.2.10'), learnt('10.17.2.11')]).toEqual(inside.slice(0, 2));
  return inside;
}

test('a preview refuses what cannot be', async () => {
  for (const [config, ...problems] of [
    [{ mac: '03:00:5e:10:01:01' }, 'attachments[0].macAddress: must be the MAC address of one machine'],
    [
      { second: '02:00:5e:10:01:01' },
      `hosts.${host}.containers.derived.attachments[1].macAddress: must be given once, got "02:00:5e:10:01:01" also at hosts.${host}.containers.fixed.attachments[0].macAddress`,
    ],
    [{ ipvlan: 'true' }, 'attachments[0].macAddress: must be left out: on ipvlan'],
    [{ host: old }, 'attachments[0].macAddress needs Docker Engine 29.3 or newer, the host has 28.'],
  ] as const) {
    const preview = await configured(stack, { host: own, ...config }).preview();
    expect(preview.ok).toBe(false);
    for (const problem of problems) expect(problemsIn(preview.error ?? '').join('\n')).toContain(problem);
  }
});

test('a host on which the docker command would carry the request is refused', async () => {
  await sh(host, 'chmod a-x "$(command -v perl)"');
  try {
    const { ok, error } = await stack.preview();
    expect([ok, error]).toEqual([false, expect.stringContaining('macAddress needs perl on the host')]);
  } finally {
    await sh(host, 'chmod a+x /usr/bin/perl');
  }
});

let made: string[];
test('containers have them, and a second up and a refresh find nothing to change', async () => {
  await succeeds(stack.up());
  made = await macs();
  expect(made[0]).toBe('02:00:5e:10:01:01');
  // Locally administered, and of one machine.
  for (const derived of made.slice(1)) expect(derived).toMatch(/^[0-9a-f][26ae]:/);
  expect(new Set(made).size).toBe(3);
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
  await succeeds(stack.refresh());
  await empty();
});

test.each([
  ['the containers', () => sh(host, 'docker restart -t 1 fixed derived')],
  [
    'the daemon',
    () => sh(host, 'systemctl restart docker && until docker exec derived true 2>/dev/null; do sleep 0.2; done'),
  ],
  [
    'the host',
    () =>
      rebootHost(host).then(() =>
        sh(host, 'until docker exec peer true && docker exec derived true; do sleep 0.2; done 2>/dev/null'),
      ),
  ],
])('they stay when %s was started anew', async (_, restart) => {
  await restart();
  expect(await macs()).toEqual(made);
  await empty();
});

test('they stay when the containers are replaced', async () => {
  stack = configured(stack, { host: own, round: '2' });
  const up = doings(await succeeds(stack.up()));
  expect(up.filter((one) => one.startsWith('replace '))).toHaveLength(3);
  expect(await macs()).toEqual(made);
  await empty();
});

test('a container that somebody has connected without it has another one: preview says it, up puts it back', async () => {
  await sh(host, 'docker network disconnect vlan172 fixed && docker network connect --ip 10.17.2.10 vlan172 fixed');
  const preview = await succeeds(stack.preview());
  expect(preview.diagnostics.join('\n')).toMatch(
    /container fixed has MAC [0-9a-f:]+, declared is 02:00:5e:10:01:01 on vlan172/,
  );
  await succeeds(stack.up());
  expect(await macs()).toEqual(made);
  expect(await sh(host, `docker inspect -f '{{range .NetworkSettings.Networks}}{{.Aliases}}{{end}}' fixed`)).toContain(
    'door',
  );
  await empty();
});

test('another MAC address replaces its container, and no other', async () => {
  stack = configured(stack, { host: own, round: '2', mac: '02:00:5e:10:01:02' });
  const replaced = (all: string[]) => all.filter((one) => one.startsWith('replace '));
  expect(replaced(doings(await succeeds(stack.preview())))).toEqual(['replace fixed-container']);
  await succeeds(stack.up());
  expect(await macs()).toEqual(['02:00:5e:10:01:02', ...made.slice(1)]);
});

test('destroy leaves the host as it was', async () => {
  await succeeds(stack.destroy());
  // After a reboot Docker makes its bridges in any order.
  const sorted = (facts: string) => facts.split('\n').sort();
  expect(sorted(await hostFacts(host))).toEqual(sorted(before));
});
