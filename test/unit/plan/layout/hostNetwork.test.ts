import type { ContainerSpec } from '../../../../src/plan/container/container';
import type { NetworkPlan, NetworkSpec } from '../../../../src/plan/network/network';
import { engine } from '../../../../src/plan/network/engineVersion';
import { sharedParentEngine } from '../../../../src/plan/network/engine';
import { checkHostNetworks } from '../../../../src/plan/layout/hostNetwork';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { planNetwork } from '../../../../src/plan/network/network';
import { planHost } from '../../../../src/plan/layout/placement';
import { lines } from '../text';

/** A network on a parent of its own, with a subnet of its own, unless set otherwise. */
const network = (third: number, more: Partial<NetworkSpec> = {}): NetworkPlan =>
  planNetwork({
    driver: 'macvlan',
    parentInterface: `eth0.${third}`,
    subnets: [{ subnet: `10.0.${third}.0/24`, gateway: `10.0.${third}.1` }],
    ...more,
  });
const on = (plan: NetworkPlan, ...fixed: (string | undefined)[]): ContainerSpec[] =>
  fixed.map((ipv4Address) => ({
    attachments: [{ network: plan, ...(ipv4Address === undefined ? {} : { ipv4Address }) }],
  }));
const check = (networks: NetworkPlan[], containers: ContainerSpec[] = []): string[] =>
  lines(checkHostNetworks(planHost(networks, containers)));

const parentInterface = 'eth0';
const macvlan = network(1, { parentInterface });
const ipvlan = network(2, { parentInterface, driver: 'ipvlan' });
const passthru = network(3, { parentInterface, mode: 'passthru' });
const share = (ipRange: string | undefined, gateway: string, subnet = '10.0.0.0/24'): NetworkPlan =>
  network(5, { parentInterface, subnets: [{ subnet, gateway, ...(ipRange === undefined ? {} : { ipRange }) }] });

const halfKnown = network(6, {
  subnets: [{ subnet: '10.0.6.0/30', gateway: '10.0.6.1' }, { subnet: notKnown }],
});

describe('accepts', () => {
  const rows: [string, NetworkPlan[], ContainerSpec[]?][] = [
    ['nothing', []],
    ['networks apart', [network(1, { name: 'one' }), network(2, { name: 'two' })]],
    ['macvlan networks on one parent', [macvlan, network(4, { parentInterface, mode: 'private' })]],
    ['both drivers on a NIC and its VLAN', [macvlan, network(2, { parentInterface: 'eth0.2', driver: 'ipvlan' })]],
    [
      'no parents',
      [network(1, { parentInterface: undefined }), network(2, { parentInterface: undefined, driver: 'ipvlan' })],
    ],
    [
      'parents not known yet',
      [network(1, { parentInterface: notKnown }), network(2, { parentInterface: notKnown, driver: 'ipvlan' })],
    ],
    ['one subnet by ranges that are apart', [share('10.0.0.64/26', '10.0.0.1'), share('10.0.0.128/26', '10.0.0.2')]],
    [
      'other subnets by ranges that are apart',
      [
        share('10.0.0.64/26', '10.0.0.1'),
        network(5, { subnets: [{ subnet: '10.0.0.0/16', gateway: '10.0.0.1', ipRange: '10.0.1.0/24' }] }),
      ],
    ],
    [
      'a subnet not known yet',
      [
        network(1),
        network(1, { parentInterface, subnets: [{ subnet: '10.0.1.0/24', ipRange: notKnown, gateway: 'none' }] }),
      ],
    ],
    [
      "overlapping subnets of one network, which are that network's own problem",
      [
        network(1, {
          subnets: [
            { subnet: '10.0.0.0/24', gateway: '10.0.0.1' },
            { subnet: '10.0.0.0/25', gateway: '10.0.0.2' },
          ],
        }),
      ],
    ],
    ['more containers than the part that is known has room for', [halfKnown], on(halfKnown, undefined, undefined)],
    ['one container on passthru', [passthru], on(passthru, undefined)],
  ];
  test.each(rows.map(([name, networks, containers]) => ({ name, networks, containers })))(
    '$name',
    ({ networks, containers }) => expect(check(networks, containers)).toEqual([]),
  );
});

test('a container name twice, and what is not known yet or wrong is for later, or for the check of the container', () => {
  const containers = ['web', 'db', notKnown, 5 as never, undefined, 'web'].map((name): ContainerSpec => ({
    attachments: [],
    ...(name === undefined ? {} : { name: name as string }),
  }));
  expect(check([], containers)).toEqual([
    'containers[5].name: must be given once, got "web" also at containers[0].name',
  ]);
  const names = { host: 'n1', networks: [], containers: ['a', 'b', 'c', 'd', 'e', 'f'] };
  expect(lines(checkHostNetworks(planHost([], containers, names)))).toEqual([
    'hosts.n1.containers.f.name: must be given once, got "web" also at hosts.n1.containers.a.name',
  ]);
});

describe('refuses', () => {
  const other = 'networks[1].parentInterface: must be another interface than that of networks[0]';
  test.each<[string, NetworkPlan[], string]>([
    ['ipvlan beside macvlan', [macvlan, ipvlan], `${other}: macvlan and ipvlan cannot share one, got "eth0"`],
    ['macvlan beside ipvlan', [ipvlan, macvlan], `${other}: macvlan and ipvlan cannot share one, got "eth0"`],
    [
      'two ipvlan networks',
      [ipvlan, network(4, { parentInterface, driver: 'ipvlan' })],
      `${other}: Docker puts one ipvlan network on each, got "eth0"`,
    ],
    ['passthru second', [macvlan, passthru], `${other}: a passthru network has its own, got "eth0"`],
    ['passthru first', [passthru, macvlan], `${other}: a passthru network has its own, got "eth0"`],
    [
      'a name twice',
      [network(1, { name: 'net' }), network(2, { name: 'net' })],
      'networks[1].name: must be given once, got "net" also at networks[0].name',
    ],
    [
      'one subnet without ranges',
      [network(1), network(1, { parentInterface, subnets: [{ subnet: '10.0.1.0/24', gateway: '10.0.1.2' }] })],
      'networks[1].subnets[0].subnet: must not overlap 10.0.1.0/24 of networks[0].subnets[0] unless both have an ipRange, got "10.0.1.0/24"',
    ],
    [
      'a range on the first only',
      [share('10.0.0.64/26', '10.0.0.1'), share(undefined, '10.0.0.2')],
      'networks[1].subnets[0].subnet: must not overlap 10.0.0.0/24 of networks[0].subnets[0] unless both have an ipRange, got "10.0.0.0/24"',
    ],
    [
      'a range on the second only',
      [share(undefined, '10.0.0.2'), share('10.0.0.64/26', '10.0.0.1')],
      'networks[1].subnets[0].subnet: must not overlap 10.0.0.0/24 of networks[0].subnets[0] unless both have an ipRange, got "10.0.0.0/24"',
    ],
    [
      'ranges that overlap',
      [share('10.0.0.64/26', '10.0.0.1'), share('10.0.0.0/25', '10.0.0.2')],
      'networks[1].subnets[0].ipRange: must be apart from 10.0.0.64/26, the IP range of networks[0].subnets[0], got "10.0.0.0/25"',
    ],
    [
      'two prefix lengths on one parent',
      [share('10.0.0.64/26', '10.0.0.1'), share('10.0.1.0/26', '10.0.0.2', '10.0.0.0/23')],
      'networks[1].subnets[0].subnet: must be 10.0.0.0/24, as at networks[0].subnets[0] on the same parent interface, or apart from it, got "10.0.0.0/23"',
    ],
    [
      'one gateway in a shared subnet',
      [share('10.0.0.64/26', '10.0.0.1'), share('10.0.0.128/26', '10.0.0.1')],
      'networks[1].subnets[0].gateway: must be given once, got 10.0.0.1 also at networks[0].subnets[0].gateway',
    ],
  ])('%s', (_, networks, problem) => expect(check(networks)).toEqual([problem]));

  test('a fixed address twice', () =>
    expect(check([macvlan], on(macvlan, '10.0.1.5', '10.0.1.6', '10.0.1.5'))).toEqual([
      'containers[2].attachments[0].ipv4Address: must be given once, got 10.0.1.5 also at containers[0].attachments[0].ipv4Address',
    ]));

  test('the gateway of another network with the same subnet', () => {
    const [first, second] = [share('10.0.0.64/26', '10.0.0.1'), share('10.0.0.128/26', '10.0.0.2')];
    expect(check([first, second], on(first, '10.0.0.2'))).toEqual([
      'containers[0].attachments[0].ipv4Address: must be given once, got 10.0.0.2 also at networks[1].subnets[0].gateway',
    ]);
  });

  test('what old Engines hold back in a shared subnet', () =>
    expect(check([share('10.0.0.0/26', 'none'), share('10.0.0.128/26', '10.0.0.1')])).toEqual([
      'networks[1].subnets[0].gateway: must be given once, got 10.0.0.1 also at networks[0].subnets[0].gateway',
    ]));

  test('a second container on passthru', () =>
    expect(check([passthru], on(passthru, undefined, undefined))).toEqual([
      'networks[0]: must have one container, because its mode is passthru, got 2',
    ]));

  test.each<[string, string, string[], number]>([
    ['a /29 less its edges and gateway', '10.0.9.0/29', [], 5],
    ['a range', '10.0.9.0/24', ['10.0.9.32/30'], 4],
    ['a range at the beginning', '10.0.9.0/24', ['10.0.9.0/30'], 2],
  ])('more containers than addresses: %s', (_, subnet, [ipRange], room) => {
    const small = network(9, {
      subnets: [{ subnet, gateway: '10.0.9.1', ...(ipRange === undefined ? {} : { ipRange }) }],
    });
    const containers = on(small, ...Array.from({ length: room + 1 }, () => undefined));
    expect(check([small], containers.slice(1))).toEqual([]);
    expect(check([small], containers)).toEqual([
      `networks[0].subnets: must have an IPv4 address for each of ${room + 1} containers without a fixed one, got ${room} to hand out`,
    ]);
  });

  test('more containers than addresses, because another network of the same subnet reserves some in the range', () => {
    const small = share('10.0.0.64/30', '10.0.0.1');
    const subnet = { subnet: '10.0.0.0/24', gateway: '10.0.0.64', ipRange: '10.0.0.128/26' };
    const other = network(6, { subnets: [{ ...subnet, auxiliaryAddresses: { printer: '10.0.0.65' } }] });
    const fixed = on(other, '10.0.0.66');
    expect(check([small, other], [...on(small, undefined), ...fixed])).toEqual([]);
    expect(check([small, other], [...on(small, undefined, undefined), ...fixed])).toEqual([
      'networks[0].subnets: must have an IPv4 address for each of 2 containers without a fixed one, got 1 to hand out',
    ]);
  });
});

test('macvlan networks that share a parent need Engine 27', () => {
  expect(sharedParentEngine([macvlan, network(4, { parentInterface })])).toEqual(engine(27));
  expect(sharedParentEngine([network(1), network(2), network(3, { parentInterface: undefined })])).toEqual(engine(26));
});
