import type { Stack } from '../../lab/engine/stack';
import { arrivals, capture, setHairpin, untilInShell } from '../../lab/lab';
import { answering, answeringHost, type Endpoint } from '../../lab/reach';
import { hostFacts, sh } from './facts';
import { answerCell, markdownTable, readmeTable } from './readmeTable';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** examples/macvlan-modes: each mode on a VLAN of its own, at switch ports that do not reflect frames, and that do. */

const hosts = ['n1', 'n2'];
const modes = ['bridge', 'private', 'vepa', 'passthru'] as const;
type Mode = (typeof modes)[number];
const vlanIds: Record<Mode, number> = { bridge: 51, private: 52, vepa: 53, passthru: 54 };

/** The containers of a mode: two on each host, and one where it has the parent for itself. */
function containersOf(mode: Mode): Endpoint[] {
  const perHost = mode === 'passthru' ? 1 : 2;
  return hosts.flatMap((host, index) =>
    Array.from({ length: perHost }, (_, one) => {
      const number = index * perHost + one + 1;
      return { host, container: `${mode}${number}`, address: `192.168.${vlanIds[mode]}.${10 + number}` };
    }),
  );
}

/** The address of a host itself on a mode's VLAN. */
const ownAddress = (mode: Mode, host: string) => `192.168.${vlanIds[mode]}.${101 + hosts.indexOf(host)}`;

/** Whom a container reaches: another one on its host, one on the other host, its host; and whether its host reaches it. */
const columns = ['same host', 'other host', 'to its own host', 'from its own host'] as const;
type Row = Record<(typeof columns)[number], string>;

async function measure(mode: Mode): Promise<Row> {
  const containers = containersOf(mode);
  const pairs = await Promise.all(
    containers.map(async (from) => {
      const others = containers.filter((to) => to !== from);
      const own = ownAddress(mode, from.host);
      const answers = await answering(from, [...others.map(({ address }) => address), own]);
      const reaches = (to: Endpoint[]) => to.map(({ address }) => answers.has(address));
      return {
        same: reaches(others.filter(({ host }) => host === from.host)),
        other: reaches(others.filter(({ host }) => host !== from.host)),
        own: answers.has(own),
      };
    }),
  );
  // Last, because a host that asks for a container's MAC makes its own known to it.
  const fromHosts = await Promise.all(
    hosts.map(async (host) => {
      const here = containers.filter((one) => one.host === host).map(({ address }) => address);
      const answers = await answeringHost(host, here);
      return here.map((address) => answers.has(address));
    }),
  );
  return {
    'same host': answerCell(pairs.flatMap(({ same }) => same)),
    'other host': answerCell(pairs.flatMap(({ other }) => other)),
    'to its own host': answerCell(pairs.map(({ own }) => own)),
    'from its own host': answerCell(fromHosts.flat()),
  };
}

/** Empties all neighbour tables, so that no MAC is known. */
const forgetNeighbors = (host: string) =>
  sh(
    host,
    `for pid in $(docker ps -q | xargs docker inspect --format '{{.State.Pid}}'); do
       nsenter -t $pid -n ip neigh flush dev eth0; done
     for id in ${Object.values(vlanIds).join(' ')}; do ip neigh flush dev eth0.$id; done`,
  );

/** A command in a container's network, with the host's tools and rights. */
const inNetworkOf = (container: string, command: string) =>
  `nsenter -t $(docker inspect -f '{{.State.Pid}}' ${container}) -n ${command}`;

/** Whether a container that sends ARP requests for an unused address receives them back. */
async function hearsItself(mode: Mode): Promise<boolean> {
  const containers = containersOf(mode);
  const [one] = containers as [Endpoint];
  const far = containers.find(({ host }) => host !== one.host)!;
  const nobody = `192.168.${vlanIds[mode]}.99`;
  const question = (from: Endpoint) => `who-has ${nobody} tell ${from.address}`;
  const ask = (from: Endpoint) =>
    sh(from.host, `${inNetworkOf(from.container, `ping -c 1 -W 1 ${nobody}`)} >/dev/null || true`);
  const arrival = {
    host: one.host,
    within: inNetworkOf(one.container, ''),
    device: 'eth0',
    filter: `arp and host ${nobody}`,
  };
  // The question of a container on the other host comes in with every mode, after what comes back of the one before.
  const isLast = (frame: string) => frame.includes(question(far));
  const frames = await arrivals(arrival, isLast, async () => {
    await ask(one);
    await ask(far);
  });
  return frames.some((frame) => frame.includes(question(one)));
}

/** What becomes of a link-local IPv6 address that a container gives itself now. */
async function duplicateCheck(mode: Mode, enhanced: 0 | 1): Promise<string> {
  const [one] = containersOf(mode) as [Endpoint];
  const set = (settings: string) => inNetworkOf(one.container, `sysctl -qw ${settings}`);
  const ipv6 = 'net.ipv6.conf.eth0.disable_ipv6';
  const dad = (value: number) => `net.ipv6.conf.all.enhanced_dad=${value} net.ipv6.conf.eth0.enhanced_dad=${value}`;
  const show = inNetworkOf(one.container, 'ip -o -6 addr show dev eth0 scope link');
  // An address is tentative until the kernel has decided; one that is a duplicate stays so.
  const decided = `${show} | awk '/dadfailed/ || !/tentative/ { is = 1 } END { exit !is }'`;
  const shown = await sh(
    one.host,
    `${set(`${dad(enhanced)} ${ipv6}=0`)}
     ${untilInShell(decided)}
     ${show}
     ${set(`${ipv6}=1 ${dad(1)}`)}`,
  );
  expect(shown).toContain('inet6 fe80:');
  return shown.includes('dadfailed') ? 'taken for a duplicate' : 'kept';
}

/** Whether two private containers of one host reach each other once each has the other's MAC as a static entry. */
async function reachesByFixedMac(): Promise<boolean> {
  const [one, two] = containersOf('private') as [Endpoint, Endpoint];
  const told = async (from: Endpoint, to: Endpoint) => {
    const mac = await sh(to.host, `docker exec ${to.container} cat /sys/class/net/eth0/address`);
    const neighbor = `${to.address} dev eth0`;
    await sh(from.host, inNetworkOf(from.container, `ip neigh replace ${neighbor} lladdr ${mac} nud permanent`));
    return () => sh(from.host, inNetworkOf(from.container, `ip neigh del ${neighbor}`));
  };
  const undo = [await told(one, two), await told(two, one)];
  const answers = await answering(one, [two.address]);
  for (const forget of undo) await forget();
  return answers.has(two.address);
}

/** ICMP frames between two addresses, each as tcpdump prints it but for the time. */
const between = (frames: string[], one: string, two: string) =>
  frames
    .filter((frame) => frame.includes('ICMP echo'))
    .filter((frame) => frame.includes(`${one} > ${two}:`) || frame.includes(`${two} > ${one}:`))
    .map((frame) => frame.slice(frame.indexOf(' ')));

let stack: Stack;
let untouched: string[];
/** By hairpin and mode. */
const measured = new Map<string, Row>();

async function eachMode<T>(read: (mode: Mode) => Promise<T>): Promise<Record<Mode, T>> {
  const [bridge, private_, vepa, passthru] = await Promise.all([
    read('bridge'),
    read('private'),
    read('vepa'),
    read('passthru'),
  ]);
  return { bridge, private: private_, vepa, passthru };
}
const hairpin = (on: boolean) => Promise.all(hosts.map((host) => setHairpin(host, on)));

beforeAll(async () => {
  untouched = await Promise.all(hosts.map(hostFacts));
  stack = await newStack('examples/macvlan-modes/index.ts', 'macvlan-modes', { hosts: hostConfigs(...hosts) });
  await succeeds(stack.up());
});

afterAll(async () => {
  await hairpin(false);
  await stack.destroy();
  expect(await Promise.all(hosts.map(hostFacts))).toEqual(untouched);
  await forgetStacks();
});

test('a second up changes nothing; Docker has each network in its mode', async () => {
  expect((await succeeds(stack.up())).changes).toEqual({ same: 69 });
  const mode = "docker network inspect --format '{{.Options.macvlan_mode}} {{.Options.parent}}'";
  for (const host of hosts) {
    expect(await sh(host, `${mode} ${modes.map((one) => `macvlan-${one}`).join(' ')}`)).toBe(
      'bridge eth0.51\nprivate eth0.52\nvepa eth0.53\npassthru eth0.54',
    );
  }
});

const row = (same: string, other: string, toHost: string, fromHost: string): Row => ({
  'same host': same,
  'other host': other,
  'to its own host': toHost,
  'from its own host': fromHost,
});

describe.each([
  {
    setting: 'off',
    expected: {
      bridge: row('yes', 'yes', 'no', 'no'),
      private: row('no', 'yes', 'no', 'no'),
      vepa: row('no', 'yes', 'no', 'no'),
      passthru: row('–', 'yes', 'no', 'no'),
    },
  },
  {
    setting: 'on',
    expected: {
      bridge: row('yes', 'yes', 'yes', 'yes'),
      private: row('no', 'yes', 'no', 'yes'),
      vepa: row('yes', 'yes', 'yes', 'yes'),
      passthru: row('–', 'yes', 'no', 'no'),
    },
  },
])('with the hairpin of the switch ports $setting', ({ setting, expected }) => {
  const reflects = setting === 'on';
  let frames: string[];
  const betweenNeighbors = (mode: Mode) => {
    const [one, two] = containersOf(mode) as [Endpoint, Endpoint];
    return between(frames, one.address, two.address);
  };

  beforeAll(async () => {
    await hairpin(reflects);
    await Promise.all(hosts.map(forgetNeighbors));
    const seen = await capture('n1', 'vlan', () => eachMode(measure));
    for (const mode of modes) measured.set(`${setting} ${mode}`, seen.result[mode]);
    frames = seen.frames;
  });

  test.each(modes)('mode %s: who reaches whom', (mode) => {
    expect(measured.get(`${setting} ${mode}`)).toEqual(expected[mode]);
  });

  test('between two containers of one host, frames of mode vepa alone are on the wire: out, and back if reflected', () => {
    expect(betweenNeighbors('bridge')).toEqual([]);
    expect(betweenNeighbors('private')).toEqual([]);
    const vepa = betweenNeighbors('vepa');
    // Two pings each way, a request and a reply each, and the very same frame a second time.
    expect([vepa.length, new Set(vepa).size]).toEqual(reflects ? [16, 8] : [0, 0]);
    const [asking, , far] = containersOf('vepa') as [Endpoint, Endpoint, Endpoint];
    expect(between(frames, asking.address, far.address)).toHaveLength(8);
    // Not reflected, the question for the neighbor's MAC leaves all the same, and no answer comes.
    const questions = frames.filter((frame) => frame.includes(`who-has ${asking.address} tell 192.168.53.12`));
    expect(questions.length).toBeGreaterThan(0);
  });

  test('a reflecting port gives containers their own broadcasts back, except in mode vepa', async () => {
    expect(await eachMode(hearsItself)).toEqual({
      bridge: reflects,
      private: reflects,
      vepa: false,
      passthru: reflects,
    });
  });

  test('which is no duplicate address to a Linux kernel, but is to one that does not mark its questions', async () => {
    expect(new Set(Object.values(await eachMode((mode) => duplicateCheck(mode, 1))))).toEqual(new Set(['kept']));
    const taken = reflects ? 'taken for a duplicate' : 'kept';
    expect(await eachMode((mode) => duplicateCheck(mode, 0))).toEqual({
      bridge: taken,
      private: taken,
      vepa: 'kept',
      passthru: taken,
    });
  });

  test('mode private holds back broadcasts only: whoever knows the MAC is let through where the port reflects', async () => {
    expect(await reachesByFixedMac()).toBe(reflects);
  });
});

test('in mode passthru the parent takes the MAC of the container', async () => {
  const macs = await sh(
    'n1',
    'docker exec passthru1 cat /sys/class/net/eth0/address; cat /sys/class/net/eth0.54/address /sys/class/net/eth0/address',
  );
  const [container, parent, nic] = macs.split('\n');
  expect(parent).toBe(container);
  expect(nic).not.toBe(container);
});

test('and all that comes in, so that no machine reaches the address that the host itself has there', async () => {
  const fromOtherHost = async (mode: Mode) => {
    const far = containersOf(mode).find(({ host }) => host === 'n2')!;
    return (await answering(far, [ownAddress(mode, 'n1')])).size;
  };
  expect(await eachMode(fromOtherHost)).toEqual({ bridge: 1, private: 1, vepa: 1, passthru: 0 });
});

test('the table in README.md is what was measured here', () => {
  const table = markdownTable([
    ['mode', 'hairpin', ...columns],
    ...modes.flatMap((mode) =>
      ['off', 'on'].map((setting) => {
        const one = measured.get(`${setting} ${mode}`);
        return [mode, setting, ...columns.map((column) => one?.[column] ?? '')];
      }),
    ),
  ]);
  expect(readmeTable('macvlan-modes', table)).toBe(table);
});
