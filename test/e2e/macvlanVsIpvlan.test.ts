import type { Stack } from '../../lab/engine/stack';
import { capture, setPortSecurity } from '../../lab/lab';
import { answering, answeringHost, type Endpoint } from '../../lab/reach';
import { hostFacts, sh } from './facts';
import { answerCell, markdownTable, readmeTable } from './readmeTable';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** examples/macvlan-vs-ipvlan: the same containers on either driver, as the wire and the other host see them. */

const hosts = ['n1', 'n2'];
const drivers = ['macvlan', 'ipvlan'] as const;
type Driver = (typeof drivers)[number];
const vlanIds: Record<Driver, number> = { macvlan: 55, ipvlan: 56 };

const containersOf = (driver: Driver): Endpoint[] =>
  [1, 2, 3, 4].map((number) => ({
    host: number < 3 ? 'n1' : 'n2',
    container: `${driver.charAt(0)}${number}`,
    address: `192.168.${vlanIds[driver]}.${10 + number}`,
  }));
const onHost = (driver: Driver, host: string) => containersOf(driver).filter((one) => one.host === host);
const addresses = (endpoints: Endpoint[]) => endpoints.map(({ address }) => address);
/** The address of a host itself on a driver's VLAN. */
const ownAddress = (driver: Driver, host: string) => `192.168.${vlanIds[driver]}.${101 + hosts.indexOf(host)}`;

const distinct = (values: string[]) => new Set(values).size;

/** The parts of a frame with a ping: the MAC that sent it, its VLAN, and both addresses. */
function readFrames(frames: string[]): { mac: string; vlanId: number; from: string; to: string }[] {
  const ping = /^\S+ (\S+) > \S+ ethertype 802\.1Q .*vlan (\d+), .* (\S+) > (\S+): ICMP echo/;
  return frames
    .map((frame) => ping.exec(frame))
    .filter((found) => found !== null)
    .map(([, mac = '', vlanId = '', from = '', to = '']) => ({ mac, vlanId: Number(vlanId), from, to }));
}

/** From every container of a driver to the addresses that are chosen for it. */
async function reaches(driver: Driver, choose: (from: Endpoint) => string[]): Promise<string> {
  const answers = await Promise.all(
    containersOf(driver).map(async (from) => {
      const chosen = choose(from);
      const answered = await answering(from, chosen);
      return chosen.map((address) => answered.has(address));
    }),
  );
  return answerCell(answers.flat());
}

async function hostReaches(driver: Driver): Promise<string> {
  const answers = await Promise.all(
    hosts.map(async (host) => {
      const own = addresses(onHost(driver, host));
      const answered = await answeringHost(host, own);
      return own.map((address) => answered.has(address));
    }),
  );
  return answerCell(answers.flat());
}

/** As Docker counts them. */
const countOf = (driver: Driver) =>
  sh('n1', `docker network inspect ${driver}${vlanIds[driver]} --format '{{len .Containers}}'`);

const macOfHost = () => sh('n1', 'cat /sys/class/net/eth0/address');

/** The MACs of the first host's containers, as they have them. */
async function macsInside(driver: Driver): Promise<string> {
  const names = onHost(driver, 'n1').map(({ container }) => container);
  const macs = await Promise.all(names.map((name) => sh('n1', `docker exec ${name} cat /sys/class/net/eth0/address`)));
  return `${distinct(macs)}, ${macs.includes(await macOfHost()) ? "the host's" : 'of their own'}`;
}

async function addressesInside(driver: Driver): Promise<string> {
  const names = onHost(driver, 'n1').map(({ container }) => container);
  const shown = await Promise.all(names.map((name) => sh('n1', `docker exec ${name} ip -o -4 addr show eth0`)));
  return String(distinct(shown.map((text) => /inet (\S+)/.exec(text)?.[1] ?? '')));
}

/** What the other host has learned of the first one's containers, having pinged them. */
async function neighborsOf(driver: Driver): Promise<string> {
  const link = `eth0.${vlanIds[driver]}`;
  await sh('n2', `ip neigh flush dev ${link}`);
  const wanted = addresses(onHost(driver, 'n1'));
  await answeringHost('n2', wanted);
  const lines = (await sh('n2', `ip neigh show dev ${link}`)).split('\n');
  const known = lines.filter((line) => wanted.includes(line.split(' ')[0] ?? ''));
  const macs = known.map((line) => /lladdr (\S+)/.exec(line)?.[1]).filter((mac) => mac !== undefined);
  return `${macs.length} addresses, ${distinct(macs)} ${distinct(macs) === 1 ? 'MAC' : 'MACs'}`;
}

/** Out over a port that lets in no MAC but the one of its host, for both drivers while it does. */
async function reachPastSecurity(): Promise<string[]> {
  const hostMac = await macOfHost();
  await setPortSecurity('n1', hostMac, true);
  try {
    return await Promise.all(
      drivers.map(async (driver) => {
        const far = addresses(onHost(driver, 'n2'));
        const answers = await Promise.all(onHost(driver, 'n1').map((from) => answering(from, far)));
        return answerCell(answers.flatMap((answered) => far.map((address) => answered.has(address))));
      }),
    );
  } finally {
    await setPortSecurity('n1', hostMac, false);
  }
}

async function measure(driver: Driver): Promise<[string, string][]> {
  const near = addresses(onHost(driver, 'n1'));
  const others = (from: Endpoint) => containersOf(driver).filter(({ container }) => container !== from.container);
  const sameHost = (from: Endpoint) => addresses(others(from).filter(({ host }) => host === from.host));
  const otherHost = (from: Endpoint) => addresses(others(from).filter(({ host }) => host !== from.host));
  const { frames, result } = await capture('n1', 'vlan', async () => ({
    'container to container, same host': await reaches(driver, sameHost),
    'container to container, other host': await reaches(driver, otherHost),
  }));
  const sent = readFrames(frames).filter(({ vlanId, from }) => vlanId === vlanIds[driver] && near.includes(from));
  const hostsThat = (isOwn: boolean) => (from: Endpoint) =>
    hosts.filter((host) => (host === from.host) === isOwn).map((host) => ownAddress(driver, host));
  return Object.entries({
    'n1 has containers': await countOf(driver),
    'with addresses': await addressesInside(driver),
    'with MACs': await macsInside(driver),
    "addresses that send, on n1's cable": String(distinct(sent.map(({ from }) => from))),
    "MACs that send for them, on n1's cable": String(distinct(sent.map(({ mac }) => mac))),
    "n2's neighbor table has of them": await neighborsOf(driver),
    ...result,
    'pings on the cable, between two containers of n1': String(sent.filter(({ to }) => near.includes(to)).length),
    'container to the other host itself': await reaches(driver, hostsThat(false)),
    'container to its own host': await reaches(driver, hostsThat(true)),
    'own host to container': await hostReaches(driver),
  });
}

let stack: Stack;
let untouched: string[];
/** By what was measured, a cell for each driver; in the order of the table. */
const measured = new Map<string, string[]>();

beforeAll(async () => {
  untouched = await Promise.all(hosts.map(hostFacts));
  stack = await newStack('examples/macvlan-vs-ipvlan/index.ts', 'macvlan-vs-ipvlan', { hosts: hostConfigs(...hosts) });
  await succeeds(stack.up());
  for (const [what, cell] of (await Promise.all(drivers.map(measure))).flat()) {
    measured.set(what, [...(measured.get(what) ?? []), cell]);
  }
  measured.set("n1's containers to n2's, if the switch lets in only the MAC of n1", await reachPastSecurity());
});

afterAll(async () => {
  await stack.destroy();
  expect(await Promise.all(hosts.map(hostFacts))).toEqual(untouched);
  await forgetStacks();
});

test('a second up changes nothing; each network matches the declaration', async () => {
  expect((await succeeds(stack.up())).changes).toEqual({ same: 45 });
  const read = "docker network inspect macvlan55 ipvlan56 --format '{{.Driver}} {{.Options.parent}}'";
  for (const host of hosts) expect(await sh(host, read)).toBe('macvlan eth0.55\nipvlan eth0.56');
});

const expected: [what: string, macvlan: string, ipvlan: string][] = [
  ['n1 has containers', '2', '2'],
  ['with addresses', '2', '2'],
  ['with MACs', '2, of their own', "1, the host's"],
  ["addresses that send, on n1's cable", '2', '2'],
  ["MACs that send for them, on n1's cable", '2', '1'],
  ["n2's neighbor table has of them", '2 addresses, 2 MACs', '2 addresses, 1 MAC'],
  ['container to container, same host', 'yes', 'yes'],
  ['container to container, other host', 'yes', 'yes'],
  ['pings on the cable, between two containers of n1', '0', '0'],
  ['container to the other host itself', 'yes', 'yes'],
  ['container to its own host', 'no', 'no'],
  ['own host to container', 'no', 'no'],
  ["n1's containers to n2's, if the switch lets in only the MAC of n1", 'no', 'yes'],
];

test.each(expected)('%s: %s with macvlan, %s with ipvlan', (what, macvlan, ipvlan) => {
  expect(measured.get(what)).toEqual([macvlan, ipvlan]);
});

test('the table in README.md is what was measured here', () => {
  const table = markdownTable([
    ['', 'macvlan, mode bridge', 'ipvlan, mode l2'],
    ...[...measured].map(([what, cells]) => [what, ...cells]),
  ]);
  expect(readmeTable('macvlan-vs-ipvlan', table)).toBe(table);
});
