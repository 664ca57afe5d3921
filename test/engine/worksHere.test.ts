import type { NetworkSpec } from '../../src/plan/network/network';
import type { Problem } from '../../src/plan/argument/problem';
import type { SubnetSpec } from '../../src/plan/network/subnet';
import type { EngineHost } from './engineHost';
import { checkAttachments } from '../../src/plan/container/container';
import { checkNetwork, planNetwork } from '../../src/plan/network/network';
import { readTrunk } from '../../src/plan/link/trunk';
import { problemsOf } from '../property/refused';
import { onEngines } from './onEngines';
import { pushed } from './pushed';
import { problemsWith } from '../readWith';

/**
 * What the checks refuse although it works on this Engine and kernel, with the reason. Where one of these tests fails,
 * the reason is a better one than is written here.
 */

interface Works {
  rule: string;
  reason: string;
  problems: () => readonly Problem[];
  works: (engine: EngineHost) => Promise<boolean>;
  /** If it works only since a release: the error of earlier Engines. */
  since?: { release: number; saidBefore: RegExp };
}

const subnet = { subnet: '10.9.0.0/24', gateway: '10.9.0.1' };
const net = (subnets: SubnetSpec[], more: Partial<NetworkSpec> = {}): NetworkSpec => ({
  driver: 'macvlan',
  parentInterface: 'wire0',
  subnets,
  ...more,
});
/** Two containers on the networks, the second one pinged from the first. */
const reaches = (engine: EngineHost, networks: NetworkSpec[], places: [number, object?][]): Promise<boolean> =>
  pushed(engine, networks, places, async ([one, two], names) =>
    engine.pings(one!, (await engine.given(names[places[1]![0]]!)).get(two!.id)![0]!),
  );
const name = (interfaceName: string) => ({
  problems: () => problemsWith(readTrunk, { parentInterface: 'wire0', vlans: [{ vlanId: 50, interfaceName }] }),
  works: async (engine: EngineHost) => {
    const quoted = JSON.stringify(interfaceName);
    await engine.sh(`ip link add link wire0 name ${quoted} type vlan id 50 && ip link del dev ${quoted}`);
    return true;
  },
});

const [link, low, zero] = ['169.254.9.0/24', '10.9.0.64/26', '0.9.0.0/24'];
const internal = (block: string) => net([{ subnet: block, gateway: 'none' }], { internal: true });
const overlapping = [
  net([{ ...subnet, ipRange: low }]),
  net([{ ...subnet, gateway: '10.9.0.2', ipRange: '10.9.0.64/27' }], { parentInterface: 'wire0' }),
];
const wholeFirst = [net([subnet]), net([{ ...subnet, gateway: '10.9.0.2', ipRange: low }])];

/** Macvlan networks share a parent from Engine 27 on. */
const sinceSharedParents = { release: 27, saidBefore: /is already using parent interface/ };

const works: readonly Works[] = [
  {
    rule: 'IPv4 network address as a host’s own',
    reason: 'Kernels before 5.14 and many devices take it for a broadcast address (RFC 1122, 3.3.6).',
    problems: () =>
      problemsWith(readTrunk, { parentInterface: 'wire0', vlans: [{ vlanId: 50, addresses: ['10.9.0.0/24'] }] }),
    works: (engine) =>
      pushed(engine, [net([subnet])], [[0]], async ([container]) => {
        await engine.sh(
          'ip link add shim link wire0 type macvlan mode bridge; ip link set shim up; ip addr add 10.9.0.0/24 dev shim',
        );
        try {
          return await engine.pings(container!, '10.9.0.0');
        } finally {
          await engine.sh('ip link del shim');
        }
      }),
  },
  {
    rule: 'subnet in 169.254.0.0/16',
    reason: 'Machines assign these addresses to themselves, and no router forwards them (RFC 3927, 2.1 and 2.7).',
    problems: () => checkNetwork(internal(link)),
    works: (engine) => reaches(engine, [internal(link)], [[0], [0]]),
  },
  {
    rule: 'subnet in 0.0.0.0/8',
    reason: 'Kernels before 5.3 and other systems send nothing there (RFC 1122, 3.2.1.3).',
    problems: () => checkNetwork(internal(zero)),
    works: (engine) => reaches(engine, [internal(zero)], [[0], [0]]),
  },
  {
    rule: 'IP ranges that overlap in one and the same subnet',
    reason:
      'How many addresses a network has left would depend on the other one’s containers, so that no check could count them; ' +
      'and in subnets of two sizes, packets are lost.',
    problems: () => problemsOf({ networks: overlapping, containers: [] }),
    works: (engine) => reaches(engine, overlapping, [[0], [1]]),
    since: sinceSharedParents,
  },
  {
    rule: 'a subnet, and then a part of it as the IP range of another network',
    reason: 'In the other order of creating them it fails, and Pulumi creates them in any.',
    problems: () => problemsOf({ networks: wholeFirst, containers: [] }),
    works: (engine) => reaches(engine, wholeFirst, [[0], [1]]),
    since: sinceSharedParents,
  },
  {
    rule: 'fixed IPv4 address in IPv4-mapped form',
    reason: 'The Engine takes it in this one place only; everywhere else it is an IPv6 address, which no link carries.',
    problems: () => problemsOf({ networks: [net([subnet])], containers: [[0, '::ffff:10.9.0.5']] }),
    works: (engine) => reaches(engine, [net([subnet])], [[0], [0, { ipv4Address: '::ffff:10.9.0.5' }]]),
  },
  {
    rule: 'network name with a blank',
    reason: 'One allow-list for all that reads such a name: Swarm wants a DNS name, for example.',
    problems: () => checkNetwork(net([subnet], { name: 'two words' })),
    works: (engine) => reaches(engine, [net([subnet], { name: 'two words' })], [[0], [0]]),
  },
  {
    rule: 'interface name with a quote',
    reason: 'Names become arguments of a script that runs as root: what could mean anything to a shell stays out.',
    ...name("a'b"),
  },
  {
    rule: 'interface name with a dash first',
    reason: 'It looks like an option to the commands that it is handed to.',
    ...name('-x'),
  },
  {
    rule: 'interface name with a dot before no VLAN ID',
    reason:
      'Docker reads what is after the dot as a VLAN ID, and fails once the interface is missing, as after a reboot.',
    problems: name('my.nic').problems,
    works: async (engine) => {
      await engine.sh('ip link add my.nic type dummy && ip link set my.nic up');
      try {
        return await reaches(engine, [net([subnet], { parentInterface: 'my.nic' })], [[0], [0]]);
      } finally {
        await engine.sh('ip link del my.nic');
      }
    },
  },
  {
    rule: 'alias with a blank',
    reason: 'No program can ask a resolver for it.',
    problems: () =>
      checkAttachments({ attachments: [{ network: planNetwork(net([subnet])), aliases: ['two words'] }] }),
    works: (engine) => reaches(engine, [net([subnet])], [[0], [0, { aliases: ['two words'] }]]),
  },
];

const plug = 'ip link add wire0 type dummy && ip link set wire0 up';
const unplug = 'ip link del wire0';

onEngines('on %s, past the check,', { idle: 2, plug, unplug }, (engine) => {
  test.each(works)('$rule: works. $reason', async ({ problems, works: tried, since }) => {
    expect(problems()).not.toEqual([]);
    if (since === undefined || engine.release >= since.release) expect(await tried(engine)).toBe(true);
    else await expect(tried(engine)).rejects.toThrow(since.saidBefore);
  });
});
