import type { HostAddress, HostOnVlans } from '../../../../src/plan/layout/hostAddress';
import type { SubnetSpec } from '../../../../src/plan/network/subnet';
import { unknown } from '../../../../src/plan/argument/known';
import { planNetwork } from '../../../../src/plan/network/network';
import { checkOwnAddresses, shimAddresses, trunkAddresses } from '../../../../src/plan/layout/hostAddress';
import { planHost } from '../../../../src/plan/layout/placement';
import { lines } from '../text';

const onVlan = (all: HostAddress[]) => all.map((one) => ({ ...one, vlan: '802.1Q 50' }));

/** A host with addresses of its own on VLAN 50, and a network there with containers (`undefined`: address handed out). */
const host = (
  name: string,
  own: readonly unknown[],
  { fixed = [], subnet = {} }: { fixed?: (string | undefined)[]; subnet?: Partial<SubnetSpec> } = {},
): HostOnVlans => {
  const subnets = [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1', ...subnet }];
  const network = planNetwork({ driver: 'macvlan', parentInterface: 'eth0.50', subnets });
  const containers = fixed.map((ipv4Address) => ({
    attachments: [{ network, ...(ipv4Address === undefined ? {} : { ipv4Address }) }],
  }));
  const names = { host: name, networks: ['lan'], containers: fixed.map((_, index) => `c${index}`) };
  return {
    plan: planHost([network], containers, names),
    own: onVlan(trunkAddresses('trunk', { parentInterface: 'eth0', vlans: [{ vlanId: 50, addresses: own }] })),
  };
};
const check = (...hosts: HostOnVlans[]): string[] => lines(checkOwnAddresses(hosts, () => '802.1Q 50'));
const own = (name: string, index = 0) => `hosts.${name}.trunks.trunk.vlans[0].addresses[${index}]`;

describe('accepts', () => {
  test.each<[string, HostOnVlans[]]>([
    ['an address of each host', [host('n1', ['10.0.0.2/24']), host('n2', ['10.0.0.3/24'])]],
    ['the gateway of the network', [host('n1', ['10.0.0.1/24'], { fixed: [undefined] })]],
    [
      'an auxiliary address',
      [host('n1', ['10.0.0.9/24'], { fixed: [undefined], subnet: { auxiliaryAddresses: { host: '10.0.0.9' } } })],
    ],
    [
      'one outside of the range handed out',
      [host('n1', ['10.0.0.9/24'], { fixed: [undefined], subnet: { ipRange: '10.0.0.128/25' } })],
    ],
    ['one in a subnet from which nothing is handed out', [host('n1', ['10.0.0.9/24'], { fixed: ['10.0.0.8'] })]],
    ['what is not known yet', [host('n1', [unknown, '10.0.0.2/24']), host('n2', [unknown])]],
  ])('%s', (_, hosts) => expect(check(...hosts)).toEqual([]));

  test('the same on VLANs that are not the same', () => {
    const hosts = [host('n1', ['10.0.0.2/24']), host('n2', ['10.0.0.3/24'], { fixed: ['10.0.0.2', undefined] })];
    expect(lines(checkOwnAddresses(hosts, () => '802.1Q 60'))).toEqual([]);
    expect(lines(checkOwnAddresses(hosts, () => undefined))).toEqual([]);
  });

  test('what another network of the same Engine keeps from the same subnet', () => {
    const low = { ipRange: '10.0.0.0/25', auxiliaryAddresses: { host: '10.0.0.200' } };
    const [first, second] = [
      host('n1', ['10.0.0.200/24'], { fixed: [undefined], subnet: low }),
      host('n1', [], { fixed: [undefined], subnet: { ipRange: '10.0.0.128/25' } }),
    ];
    const networks = [...first.plan.networks, ...second.plan.networks];
    const placements = [...first.plan.placements, ...second.plan.placements];
    expect(check({ plan: { ...first.plan, networks, placements }, own: first.own })).toEqual([]);
    expect(check(first, second)).not.toEqual([]);
  });
});

describe('refuses', () => {
  test.each<[string, HostOnVlans[], string[]]>([
    [
      'one address on two hosts',
      [host('n1', ['10.0.0.2/24']), host('n2', ['10.0.0.3/24', '10.0.0.2/24'])],
      [`${own('n2', 1)}: must be given once, got 10.0.0.2 also at ${own('n1')}`],
    ],
    [
      'one that a container keeps, on this host or another',
      [
        host('n1', ['10.0.0.2/24'], { fixed: ['10.0.0.2'] }),
        host('n2', ['10.0.0.3/24']),
        host('n3', [], { fixed: ['10.0.0.3'] }),
      ],
      [
        `${own('n1')}: must be given once on the VLAN, got 10.0.0.2 also at hosts.n1.containers.c0.attachments[0].ipv4Address`,
        `${own('n2')}: must be given once on the VLAN, got 10.0.0.3 also at hosts.n3.containers.c0.attachments[0].ipv4Address`,
      ],
    ],
    [
      'one that an Engine hands out, its own or that of another host',
      [
        host('n1', ['10.0.0.9/24'], { fixed: [undefined], subnet: { ipRange: '10.0.0.0/28' } }),
        host('n2', ['10.0.0.130/24']),
        host('n3', [], { fixed: [undefined], subnet: { ipRange: '10.0.0.128/25' } }),
      ],
      [
        `${own('n1')}: must lie outside of 10.0.0.0/28, which the Docker of hosts.n1.networks.lan.subnets[0] hands out; make it an auxiliary address there, got "10.0.0.9"`,
        `${own('n2')}: must lie outside of 10.0.0.128/25, which the Docker of hosts.n3.networks.lan.subnets[0] hands out; make it an auxiliary address there, got "10.0.0.130"`,
      ],
    ],
  ])('%s', (_, hosts, problems) => expect(check(...hosts)).toEqual(problems));

  test('the address of a shim that another host has', () => {
    const [first, second] = [host('n1', []), host('n2', [])];
    const shim = (name: string, ...addresses: unknown[]) => onVlan(shimAddresses(name, 'eth0.50', addresses));
    expect(
      check({ ...first, own: shim('a', '10.0.0.7', unknown) }, { ...second, own: shim('b', unknown, '10.0.0.7') }),
    ).toEqual([
      'hosts.n2.shims.b.addresses[1]: must be given once, got 10.0.0.7 also at hosts.n1.shims.a.addresses[0]',
    ]);
    // Without a parent it would be on no VLAN at all.
    expect(shimAddresses('a', undefined, ['10.0.0.7'])).toEqual([]);
  });
});

test('addresses are on the link that the trunk makes; of a wrong one there are none', () => {
  const vlans = [
    { vlanId: 50, addresses: ['10.0.0.2/24'] },
    { vlanId: unknown, interfaceName: 'plant', addresses: ['2001:db8::2/64'] },
    { vlanId: unknown, addresses: unknown },
    { vlanId: [unknown], addresses: ['10.0.0.3/24'] },
    { vlanId: 70, interfaceName: [unknown], addresses: ['10.0.0.4/24'] },
    { vlanId: 60, addresses: ['not an address', 7] },
  ];
  const trunk = { parentInterface: 'eth0', vlans };
  expect(trunkAddresses('lan', trunk).map(({ link, address, path }) => [link, address.text, path])).toEqual([
    ['eth0.50', '10.0.0.2', 'trunks.lan.vlans[0].addresses[0]'],
    ['plant', '2001:db8::2', 'trunks.lan.vlans[1].addresses[0]'],
  ]);
  expect(trunkAddresses('lan', { vlans })).toMatchObject([{ link: 'plant' }]);
});
