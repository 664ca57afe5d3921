import type { ContainerSpec } from '../../src/plan/container/container';
import type { NetworkSpec } from '../../src/plan/network/network';
import { onHost, waitUntil } from '../../lab/lab';
import { checkAttachments } from '../../src/plan/container/container';
import { warnHostNetworks } from '../../src/plan/layout/hostWarning';
import { checkNetwork, planNetwork } from '../../src/plan/network/network';
import { planHost } from '../../src/plan/layout/placement';
import { readTrunk } from '../../src/plan/link/trunk';
import { onEngines } from './onEngines';
import { pushed } from './pushed';
import { problemsWith } from '../readWith';

/** What the checks refuse of containers and of names: each example is pushed past them, and fails, or is of no use. */

const plug = 'ip link add wire0 type dummy && ip link set wire0 up';
const unplug = 'ip link del wire0';
const subnets = [{ subnet: '10.9.0.0/24', gateway: '10.9.0.1' }];
const macvlan: NetworkSpec = { driver: 'macvlan', parentInterface: 'wire0', subnets };
const ipvlan: NetworkSpec = { ...macvlan, driver: 'ipvlan' };
const network = planNetwork(macvlan);

onEngines('on %s, past the check,', { idle: 2, plug, unplug }, (engine) => {
  test('published ports: no port of the host is opened, where the container’s own is', async () => {
    expect(checkAttachments({ attachments: [{ network }], ports: [{ internal: 80, external: 8099 }] })).not.toEqual([]);
    await pushed(engine, [macvlan], [[0]], async ([neighbour], [on]) => {
      const command = ['httpd', '-f', '-p', '80'];
      const server = await engine.start({ network: on!, command, ports: { '80/tcp': 8099 } });
      const bridged = await engine.start({ network: 'bridge', command, ports: { '80/tcp': 8098 } });
      try {
        const opened = async (id: string): Promise<string[]> => {
          const { NetworkSettings: settings } = (await engine.inspect(id)) as {
            NetworkSettings: { Ports: Record<string, { HostPort: string }[] | null> };
          };
          return Object.values(settings.Ports).flatMap((ports) => (ports ?? []).map(({ HostPort }) => HostPort));
        };
        expect(await opened(server.id)).toEqual([]);
        expect(await opened(bridged.id)).toContain('8098');
        const connects = async (before: string, address: string, port: number) =>
          (await onHost(engine.name, `${before} timeout 30 bash -c 'echo > /dev/tcp/${address}/${port}'`)).code === 0;
        const address = (await engine.given(on!)).get(server.id)![0]!;
        // A container runs before its server listens.
        await waitUntil('the server in the container', () => connects(`nsenter -t ${neighbour!.pid} -n`, address, 80));
        expect(await connects('', '127.0.0.1', 8099)).toBe(false);
      } finally {
        await engine.remove(server.id);
        await engine.remove(bridged.id);
      }
    });
  });

  describe('a MAC address', () => {
    test.each<[string, NetworkSpec, string, RegExp]>([
      ['that is none', macvlan, '02:00', /invalid MAC address/i],
      ['of ipvlan', ipvlan, '02:00:5e:10:00:01', /do not support custom mac address/],
      ['of a group', macvlan, '01:00:5e:10:00:01', /cannot assign requested address/],
      ['of zeros', macvlan, '00:00:00:00:00:00', /cannot assign requested address/],
    ])('%s: the container does not start', async (_, spec, macAddress, says) => {
      expect(checkAttachments({ attachments: [{ network: planNetwork(spec), macAddress }] })).not.toEqual([]);
      await pushed(engine, [spec], [], ([], [on]) =>
        expect(engine.start({ network: on!, endpoint: { macAddress } })).rejects.toThrow(says),
      );
    });

    test('that a neighbour has: the second container does not start', async () => {
      await pushed(engine, [macvlan], [], async ([], [on]) => {
        const endpoint = { macAddress: '02:00:5e:10:00:01' };
        const first = await engine.start({ network: on!, endpoint });
        try {
          await expect(engine.start({ network: on!, endpoint })).rejects.toThrow(/address already in use|busy/);
        } finally {
          await engine.remove(first.id);
        }
      });
    });
  });

  test('a network twice: the second attachment fails', async () => {
    expect(checkAttachments({ attachments: [{ network }, { network }] })).not.toEqual([]);
    await pushed(engine, [macvlan], [[0]], ([container], [on]) =>
      expect(engine.attach(container!.id, on!)).rejects.toThrow(/already exists in network/),
    );
  });

  test('no network: the container is on Docker’s own bridge, and on no VLAN', async () => {
    expect(checkAttachments({ attachments: [] })).not.toEqual([]);
    const container = await engine.start({});
    const { NetworkSettings: settings } = (await engine.inspect(container.id)) as {
      NetworkSettings: { Networks: object };
    };
    await engine.remove(container.id);
    expect(Object.keys(settings.Networks)).toEqual(['bridge']);
  });

  test('a fixed address in the range that is handed out: another container may have it first', async () => {
    const containers: ContainerSpec[] = [
      { attachments: [{ network }] },
      { attachments: [{ network, ipv4Address: '10.9.0.2' }] },
    ];
    expect(warnHostNetworks(planHost([network], containers))).not.toEqual([]);
    const places = (fixed: object): [number, object][] => [
      [0, {}],
      [0, fixed],
    ];
    const works = () => Promise.resolve('works');
    await expect(pushed(engine, [macvlan], places({ ipv4Address: '10.9.0.2' }), works)).rejects.toThrow(
      /already in use/,
    );
    // The warning's advice: outside of the range, the address is safe in any order.
    const ranged = { ...macvlan, subnets: [{ ...subnets[0]!, ipRange: '10.9.0.128/25' }] };
    expect(await pushed(engine, [ranged], places({ ipv4Address: '10.9.0.2' }), works)).toBe('works');
  });

  test('a network with the name of a mode: no container is made on it', async () => {
    const spec = { ...macvlan, name: 'container' };
    expect(checkNetwork(spec)).not.toEqual([]);
    const started = pushed(engine, [spec], [], () => engine.start({ network: 'container' }));
    // From 29 on the Engine refuses the network itself.
    await expect(started).rejects.toThrow(engine.release < 29 ? /invalid container format/ : /is reserved/);
  });

  test.each(['a=b', '-x'])('a network with the name %s: the docker command takes it for an option', async (odd) => {
    expect(checkNetwork({ ...macvlan, name: odd })).not.toEqual([]);
    const script =
      'read -r name; id=$(docker create --network "$name" busybox) && docker rm $id && docker network inspect "$name"';
    const works = (text: string) =>
      pushed(engine, [{ ...macvlan, name: text }], [], async () => {
        const { code } = await onHost(engine.name, script, { stdin: `${text}\n` });
        return code === 0;
      });
    expect(await works(odd)).toBe(false);
    expect(await works('ab')).toBe(true);
  });

  test('a VLAN’s name that ends in another VLAN ID: once it is missing, Docker makes that other VLAN', async () => {
    expect(
      problemsWith(readTrunk, { parentInterface: 'wire0', vlans: [{ vlanId: 50, interfaceName: 'wire0.60' }] }),
    ).not.toEqual([]);
    await pushed(engine, [{ ...macvlan, parentInterface: 'wire0.60' }], [], async () =>
      expect(await engine.sh('ip -d link show wire0.60')).toContain('vlan protocol 802.1Q id 60 '),
    );
  });
});
