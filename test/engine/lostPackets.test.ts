import type { NetworkSpec } from '../../src/plan/network/network';
import type { SubnetSpec } from '../../src/plan/network/subnet';
import type { Running } from './engineHost';
import { onHost } from '../../lab/lab';
import { checkNetwork, planNetwork } from '../../src/plan/network/network';
import { checkOwnAddresses, trunkAddresses } from '../../src/plan/layout/hostAddress';
import { vlanNamed } from '../../src/plan/link/vlanName';
import { planHost } from '../../src/plan/layout/placement';
import { checkVlansAcrossHosts } from '../../src/plan/layout/addressAcrossHosts';
import { problemsOf } from '../property/refused';
import { onEngines } from './onEngines';
import { pushed } from './pushed';

/**
 * Networks and containers that the Engine takes, past the check, and whose packets are lost, or which do not have what
 * was declared. What is right beside it shows that the lab is not the reason.
 */

/** A cable with VLAN 50 on it; its other end is another machine on that VLAN. */
const other = 'vlan-trunk-other';
const inOther = (line: string): string => `ip netns exec ${other} ${line}`;
const plug = `set -e
  ip netns add ${other}
  ip link add wire0 type veth peer name wire netns ${other}
  ip link set wire0 up; ip link add link wire0 name wire0.50 type vlan id 50; ip link set wire0.50 up
  ${inOther('ip link set wire up')}
  ${inOther('ip link add link wire name wire.50 type vlan id 50')}
  ${inOther('ip link set wire.50 up')}`;
const unplug = `ip link del wire0; ip netns del ${other}`;

const subnet = { subnet: '10.9.0.0/24', gateway: '10.9.0.1' };
const parentInterface = 'wire0.50';
const net = (subnets: SubnetSpec[], more: Partial<NetworkSpec> = {}): NetworkSpec => ({
  driver: 'macvlan',
  parentInterface,
  subnets,
  ...more,
});
/** The error of Engines up to 26 for a second macvlan network on a parent. */
const sharedParent = /is already using parent interface/;

onEngines('on %s, past the check,', { idle: 3, plug, unplug }, (engine) => {
  /** The address that the Engine gave a container on a network; of both, that of the family. */
  const given = async (network: string, { id }: Running, isIpv6 = false): Promise<string> =>
    (await engine.given(network)).get(id)?.find((address) => address.includes(':') === isIpv6) ?? '';

  /** How many of five pings come back to each, when all ping one address at once. */
  async function answersAtOnce(pingers: readonly string[], address: string): Promise<number[]> {
    const ping = `ping -c 5 -i 0.2 -W 1 ${address}`;
    const script = pingers.map((pinger) => `{ ${pinger} ${ping}; } & `).join('');
    const { stdout } = await onHost(engine.name, `${script} wait`);
    return [...stdout.matchAll(/(\d+) received/g)].map(([, count]) => Number(count));
  }
  const inside = ({ pid }: Running): string => `nsenter -t ${pid} -n`;

  describe('a subnet in a range that no link may carry', () => {
    // Internal, as a container that the Engine cannot give a default route keeps its interface for ever.
    const reaches = (block: string): Promise<boolean> =>
      pushed(
        engine,
        [net([{ subnet: block, gateway: 'none' }], { internal: true })],
        [[0], [0]],
        async ([one, two], [network]) => engine.pings(one!, await given(network!, two!, block.includes(':'))),
      );

    test.each([
      ['loopback', '127.9.0.0/24'],
      ['multicast', '224.9.0.0/24'],
      ['IPv6 link-local', 'fe80::/64'],
    ])('%s: containers do not reach each other', async (_, block) => {
      expect(checkNetwork(net([{ subnet: block, gateway: 'none' }]))).not.toEqual([]);
      expect(await reaches(block)).toBe(false);
    });

    const starts = async (block: string): Promise<string> => {
      const spec = net([{ subnet: block, gateway: 'none' }], { internal: true });
      expect(checkNetwork(spec)).not.toEqual([]);
      return pushed(engine, [spec], [], async ([], [network]) => {
        const { id } = await engine.start({ network: network! });
        return (await engine.given(network!)).get(id)!.join(' ');
      });
    };

    test('IPv6 multicast: the container does not start', async () => {
      await expect(starts('ff02::/64')).rejects.toThrow(/cannot assign requested address/);
    });

    // From 29 on it stands for a subnet of that size that the Engine chooses.
    test('unspecified: containers do not reach each other, or are in another subnet', async () => {
      const block = '0.0.0.0/24';
      if (engine.release < 29) expect(await reaches(block)).toBe(false);
      else expect(await starts(block)).not.toMatch(/^0\./);
    });

    test('unspecified in IPv6: the container that is given the loopback address does not start, or is in another subnet', async () => {
      // Engines up to 27 hold that address back as a gateway.
      if (engine.release >= 29) expect(await starts('::/64')).not.toMatch(/^::/);
      else if (engine.release < 28) expect(await starts('::/64')).toMatch(/ ::2$/);
      else await expect(starts('::/64')).rejects.toThrow(/cannot assign requested address/);
    });

    test.each(['10.9.0.0/24', '2001:db8:9::/64'])('in %s they do', async (block) => {
      expect(await reaches(block)).toBe(true);
    });

    test('limited broadcast: no machine reaches the container', async () => {
      const networks = [net([{ subnet: '255.255.255.255/32', gateway: 'none' }], { internal: true })];
      expect(problemsOf({ networks, containers: [] })).not.toEqual([]);
      const push = pushed(engine, networks, [[0]], async ([one], [network]) => {
        const { code } = await onHost(engine.name, inOther('ping -c 1 -W 1 255.255.255.255'));
        return [await given(network!, one!), code === 0];
      });
      // Engines up to 27 take the one address as a gateway.
      if (engine.release < 28) await expect(push).rejects.toThrow(/no available IPv4 addresses/);
      else expect(await push).toEqual(['255.255.255.255', false]);
    });
  });

  test('an IPv4-mapped subnet: the Engine makes up another one', async () => {
    const networks = [net([{ subnet: '::ffff:10.9.0.0/120', gateway: 'none' }], { internal: true })];
    expect(problemsOf({ networks, containers: [] })).not.toEqual([]);
    const push = pushed(engine, networks, [[0]], ([one], [network]) => given(network!, one!, true));
    // Engines up to 26 have none to choose it from.
    if (engine.release < 27) await expect(push).rejects.toThrow(/could not find an available.* IPv6 address pool/);
    else expect(await push).toMatch(/^fd/);
  });

  describe('two machines of one VLAN', () => {
    /** Pings of a container with the first address handed out, and of the other machine, both to a third one. */
    const pingsBeside = (address: string): Promise<number[]> =>
      pushed(engine, [net([subnet])], [[0], [0, { ipv4Address: '10.9.0.9' }]], async ([one], [network]) => {
        expect(await given(network!, one!)).toBe('10.9.0.2');
        await engine.sh(inOther(`ip addr add ${address}/24 dev wire.50`));
        try {
          return await answersAtOnce([inside(one!), `ip netns exec ${other}`], '10.9.0.9');
        } finally {
          await engine.sh(inOther(`ip addr del ${address}/24 dev wire.50`));
        }
      });
    const host = (spec: NetworkSpec, ipv4Address?: string) => {
      const network = planNetwork(spec);
      return planHost(
        [network],
        [{ attachments: [{ network, ...(ipv4Address === undefined ? {} : { ipv4Address }) }] }],
      );
    };
    const problems = (...hosts: ReturnType<typeof host>[]) => checkVlansAcrossHosts(hosts, () => '50');

    test('hosts that hand out the same range: an Engine gives what another has given, and packets are lost', async () => {
      expect(problems(host(net([subnet])), host(net([subnet])))).not.toEqual([]);
      // Anew, as another host's Engine would.
      for (let engines = 0; engines < 2; engines += 1)
        await pushed(engine, [net([subnet])], [[0]], async ([one], [network]) =>
          expect(await given(network!, one!)).toBe('10.9.0.2'),
        );
      expect(Math.min(...(await pingsBeside('10.9.0.2')))).toBeLessThan(5);
    });

    test('a fixed address in the range that another host hands out: packets are lost', async () => {
      expect(problems(host(net([subnet])), host(net([subnet]), '10.9.0.2'))).not.toEqual([]);
      expect(Math.min(...(await pingsBeside('10.9.0.2')))).toBeLessThan(5);
    });

    test('a fixed address on two hosts: packets are lost', async () => {
      expect(problems(host(net([subnet]), '10.9.0.2'), host(net([subnet]), '10.9.0.2'))).not.toEqual([]);
      expect(Math.min(...(await pingsBeside('10.9.0.2')))).toBeLessThan(5);
    });

    test('each address once: none are', async () => {
      expect(await pingsBeside('10.9.0.3')).toEqual([5, 5]);
    });

    test("the host's own address, which its Engine hands out as well: packets are lost", async () => {
      const trunk = { parentInterface: 'eth0', vlans: [{ vlanId: 50, addresses: ['10.9.0.2/24'] }] };
      const own = trunkAddresses('trunk', trunk).map((one) => ({ ...one, vlan: vlanNamed('802.1Q', 50) }));
      expect(checkOwnAddresses([{ plan: host(net([subnet])), own }], () => vlanNamed('802.1Q', 50))).not.toEqual([]);
      await engine.sh(inOther('ip addr add 10.9.0.9/24 dev wire.50'));
      const pings = (address: string): Promise<number[]> =>
        pushed(engine, [net([subnet])], [[0]], async ([one], [network]) => {
          expect(await given(network!, one!)).toBe('10.9.0.2');
          await engine.sh(`ip addr add ${address}/24 dev ${parentInterface}; ${inOther('ip neigh flush all')}`);
          try {
            return await answersAtOnce([inside(one!), ''], '10.9.0.9');
          } finally {
            await engine.sh(`ip addr del ${address}/24 dev ${parentInterface}`);
          }
        });
      try {
        expect(Math.min(...(await pings('10.9.0.2')))).toBeLessThan(5);
        expect(await pings('10.9.0.3')).toEqual([5, 5]);
      } finally {
        await engine.sh(inOther('ip addr flush dev wire.50'));
      }
    });

    test('hosts that disagree on the prefix length: packets come back only inside of the smaller subnet', async () => {
      const wide = { subnet: '10.9.0.0/23', gateway: 'none', ipRange: '10.9.1.0/26' };
      const narrow = { subnet: '10.9.0.0/24', gateway: 'none', ipRange: '10.9.0.0/26' };
      expect(problems(host(net([narrow])), host(net([wide])))).not.toEqual([]);
      await pushed(engine, [net([narrow])], [[0]], async ([one]) => {
        await engine.sh(inOther('ip addr add 10.9.1.2/23 dev wire.50'));
        expect(await engine.pings(one!, '10.9.1.2')).toBe(false);
        await engine.sh(inOther('ip addr add 10.9.0.9/23 dev wire.50'));
        expect(await engine.pings(one!, '10.9.0.9')).toBe(true);
        await engine.sh(inOther('ip addr flush dev wire.50'));
      });
    });
  });

  test('IP ranges that overlap in subnets of two sizes: an address is handed out twice, and packets are lost', async () => {
    const narrow = net([{ ...subnet, ipRange: '10.9.0.64/26' }]);
    const wide = (ipRange: string) => net([{ subnet: '10.9.0.0/23', gateway: '10.9.0.2', ipRange }]);
    expect(problemsOf({ networks: [narrow, wide('10.9.0.64/27')], containers: [] })).not.toEqual([]);
    const pings = (ipRange: string) =>
      pushed(engine, [narrow, wide(ipRange)], [[0], [1], [0, { ipv4Address: '10.9.0.9' }]], ([one, two]) =>
        answersAtOnce([inside(one!), inside(two!)], '10.9.0.9'),
      );
    if (engine.release < 27) return expect(pings('10.9.0.64/27')).rejects.toThrow(sharedParent);
    expect(Math.min(...(await pings('10.9.0.64/27')))).toBeLessThan(5);
    expect(await pings('10.9.0.128/27')).toEqual([5, 5]);
  });

  test('two prefix lengths on one parent: packets do not come back', async () => {
    const first = net([{ subnet: '10.9.0.0/24', gateway: '10.9.0.1', ipRange: '10.9.0.64/26' }]);
    const second = (block: string, ipRange: string) => net([{ subnet: block, gateway: '10.9.0.2', ipRange }]);
    const [wrong, right] = [second('10.9.0.0/23', '10.9.1.0/26'), second('10.9.0.0/24', '10.9.0.128/26')];
    expect(problemsOf({ networks: [first, wrong], containers: [] })).not.toEqual([]);
    const reaches = (other: NetworkSpec) =>
      pushed(engine, [first, other], [[0], [1]], async ([one, two], names) =>
        engine.pings(two!, await given(names[0]!, one!)),
      );
    if (engine.release < 27) return expect(reaches(wrong)).rejects.toThrow(sharedParent);
    expect(await reaches(wrong)).toBe(false);
    expect(await reaches(right)).toBe(true);
  });

  test('a flag on macvlan: it is ignored, where the mode is not', async () => {
    expect(checkNetwork(net([subnet], { flag: 'private' }))).not.toEqual([]);
    const reaches = (more: Partial<NetworkSpec>) =>
      pushed(engine, [net([subnet], more)], [[0], [0]], async ([one, two], [network]) =>
        engine.pings(one!, await given(network!, two!)),
      );
    expect(await reaches({ flag: 'private' })).toBe(true);
    expect(await reaches({ mode: 'private' })).toBe(false);
  });

  test.each(['l3', 'l3s'] as const)('a gateway on ipvlan %s: nothing is sent to it', async (mode) => {
    const networks = [net([subnet], { driver: 'ipvlan', mode })];
    expect(problemsOf({ networks, containers: [] })).not.toEqual([]);
    const routes = (specs: NetworkSpec[]) =>
      pushed(engine, specs, [[0]], async (containers) => (await engine.found(containers))[0]!.defaultRoutes);
    expect(await routes(networks)).toEqual(['device']);
    expect(await routes([net([subnet], { driver: 'ipvlan', mode: 'l2' })])).toEqual(['10.9.0.1']);
  });

  test('no gateway set: whether there is one depends on the Engine’s release', async () => {
    const networks = [net([{ subnet: '10.9.0.0/24' }])];
    expect(problemsOf({ networks, containers: [] })).not.toEqual([]);
    await pushed(engine, networks, [[0]], async (containers) => {
      const expected = engine.release < 29 ? ['10.9.0.1'] : [];
      expect((await engine.found(containers))[0]!.defaultRoutes).toEqual(expected);
    });
  });

  test('the address that Engines up to 27 hold back, as a fixed one', async () => {
    const spec = net([{ subnet: '10.9.0.0/24', gateway: 'none' }], { internal: true });
    expect(problemsOf({ networks: [spec], containers: [[0, '10.9.0.1']] })).not.toEqual([]);
    const push = pushed(engine, [spec], [[0, { ipv4Address: '10.9.0.1' }]], () => Promise.resolve('works'));
    if (engine.release < 28) await expect(push).rejects.toThrow(/Address already in use/);
    else expect(await push).toBe('works');
  });
});
