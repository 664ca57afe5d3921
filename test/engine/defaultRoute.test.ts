import type { ContainerSpec } from '../../src/plan/container/container';
import type { NetworkPlan, NetworkSpec } from '../../src/plan/network/network';
import { checkAttachments } from '../../src/plan/container/container';
import { planContainer } from '../../src/plan/container/containerPlan';
import { isAtLeast } from '../../src/plan/network/engineVersion';
import { planNetwork } from '../../src/plan/network/network';
import { onEngines } from './onEngines';
import { pushed } from './pushed';

/** The default routes of a container on two networks, in layouts that the check refuses. */

const plug = `ip link add wire0 type veth peer name wire1
  ip link set wire0 up; ip link add link wire0 name wire0.50 type vlan id 50; ip link set wire0.50 up`;
const unplug = 'ip link del wire0';

const subnet = { subnet: '10.9.0.0/24', gateway: '10.9.0.1' };
const net = (subnets: NetworkSpec['subnets'], more: Partial<NetworkSpec> = {}): NetworkSpec => ({
  driver: 'macvlan',
  parentInterface: 'wire0.50',
  subnets,
  ...more,
});

onEngines('on %s, the default route of a container on two networks', { idle: 1, plug, unplug }, (engine) => {
  const ipv6Gateway: unknown = expect.stringMatching(/^2001:0db8:0009:.*1$/);
  // Docker makes a link of this name as a VLAN, and removes it again.
  const [first, second] = [
    net([subnet]),
    net([{ subnet: '10.9.1.0/24', gateway: '10.9.1.1' }], { parentInterface: 'wire0.60' }),
  ];
  const dualStack = net([...second.subnets, { subnet: '2001:db8:9::/64', gateway: '2001:db8:9::1' }], {
    parentInterface: 'wire0.60',
  });
  const container = (networks: NetworkSpec[], chosen: number[]): ContainerSpec => {
    const plans = networks.map((spec): NetworkPlan => planNetwork(spec));
    const attachments: ContainerSpec['attachments'] = plans.map((network, index) => ({
      network,
      ...(chosen.includes(index) ? { defaultRoute: true } : {}),
    }));
    return { attachments };
  };
  const problems = (networks: NetworkSpec[], chosen: number[]): unknown[] =>
    checkAttachments(container(networks, chosen));
  const routes = (networks: NetworkSpec[], chosen: number[]): Promise<string[]> =>
    pushed(engine, networks, [], async (_, names) => {
      const container = engine.idle[0]!;
      for (const [index, network] of names.entries())
        await engine.attach(container.id, network, chosen.includes(index) ? { gwPriority: 1 } : {});
      try {
        return (await engine.found([container]))[0]!.defaultRoutes;
      } finally {
        for (const network of names) await engine.detach(container.id, network);
      }
    });

  test.each<[string, NetworkSpec[], number[], string[]]>([
    ['no attachment chooses: only one is used', [first, second], [], ['10.9.0.1']],
    ['both are chosen: only one is used', [first, second], [0, 1], ['10.9.0.1']],
    ['an internal one is chosen: there is none', [net([subnet], { internal: true })], [0], []],
  ])('%s', async (_, networks, chosen, expected) => {
    expect(problems(networks, chosen)).not.toEqual([]);
    expect(await routes(networks, chosen)).toEqual(expected);
  });

  test('one is chosen beside a network with both families: the Engine that it needs heeds it, an earlier one does not', async () => {
    expect(problems([first, dualStack], [0])).toEqual([]);
    const { needs } = planContainer(container([first, dualStack], [0]));
    expect(needs).toMatchObject([{ engine: { major: 29, minor: 4, patch: 1 } }]);
    const heeds = isAtLeast(engine.version, needs[0]!.engine);
    expect(await routes([first, dualStack], [0])).toEqual([heeds ? '10.9.0.1' : '10.9.1.1', ipv6Gateway]);
  });

  test('a right choice: it holds', async () => {
    expect(problems([first, second], [1])).toEqual([]);
    // `GwPriority` came with Engine 28.
    expect(await routes([first, second], [1])).toEqual([engine.release < 28 ? '10.9.0.1' : '10.9.1.1']);
  });

  test('a gateway in one family and none in the other, beside a gateway there: not the one declared', async () => {
    const half = net([
      { subnet: '10.9.0.0/24', gateway: 'none' },
      { subnet: '2001:db8:9::/64', gateway: '2001:db8:9::1' },
    ]);
    expect(problems([half, second], [])).not.toEqual([]);
    // Engines up to 28 choose a gateway in place of none; 29 gives no default route at all.
    const ipv4 = engine.release < 29 ? ['10.9.0.1'] : [];
    expect(await routes([half, second], [])).toEqual([...ipv4, ipv6Gateway]);
  });
});
