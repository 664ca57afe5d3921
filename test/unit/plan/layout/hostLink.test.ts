import type { TrunkSpec, VlanSpec } from '../../../../src/plan/link/trunk';
import type { NetworkSpec } from '../../../../src/plan/network/network';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { type DeclaredLink, shimLinks, trunkLinks } from '../../../../src/plan/layout/declaredLink';
import { checkHostLinks } from '../../../../src/plan/layout/hostLink';
import { planNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const check = (...links: DeclaredLink[][]): string[] => lines(checkHostLinks('n1', links.flat()));
const trunk = (name: string, parentInterface: TrunkSpec['parentInterface'], ...vlans: object[]): DeclaredLink[] =>
  trunkLinks(name, { parentInterface, vlans });
const vlan = (vlanId: number, more: Partial<VlanSpec> = {}): VlanSpec => ({ vlanId, ...more });
const shim = (name: string, more: object = {}, network: Partial<NetworkSpec> = {}): DeclaredLink[] =>
  shimLinks(name, {
    network: planNetwork({
      driver: 'macvlan',
      parentInterface: 'eth0.50',
      subnets: [
        {
          subnet: '192.168.50.0/24',
          gateway: '192.168.50.1',
          ipRange: '192.168.50.64/26',
          auxiliaryAddresses: { shim: '192.168.50.250' },
        },
      ],
      ...network,
    }),
    addresses: ['192.168.50.250'],
    ...more,
  });

/** A shim that carries the gateway. */
const router = (name: string, more: object = {}): DeclaredLink[] =>
  shim(name, { addresses: ['192.168.50.1'], ...more });

const route = { destination: '10.9.0.0/16', gateway: '10.0.50.1' };
const routed = (gateway: string, more: object = {}) => ({
  addresses: [`${gateway.replace(/1$/, '2')}/24`],
  routes: [{ destination: '10.9.0.0/16', gateway, ...more }],
});

describe('accepts', () => {
  test.each<[string, DeclaredLink[][]]>([
    ['two trunks on one parent with different VLANs', [trunk('a', 'eth0', vlan(50)), trunk('b', 'eth0', vlan(60))]],
    ['one VLAN on two parents', [trunk('a', 'eth0', vlan(50)), trunk('b', 'eth1', vlan(50))]],
    [
      'one VLAN ID in both protocols',
      [trunk('a', 'eth0', vlan(50)), trunk('b', 'eth0', vlan(50, { protocol: '802.1ad', interfaceName: 'outer' }))],
    ],
    [
      'one link, declared alike by two',
      [
        trunk('a', 'eth0', vlan(50, { mtu: 1400, ...routed('10.0.50.1') })),
        trunk('b', 'eth0', vlan(50, { mtu: 1400, interfaceName: 'eth0.50', routes: [route] })),
      ],
    ],
    [
      'an MTU that is not known yet',
      [trunk('a', 'eth0', vlan(50, { mtu: 1400 })), trunk('b', 'eth0', vlan(50, { mtu: notKnown }))],
    ],
    [
      'an inner trunk of the same MTU',
      [trunk('a', 'eth0', vlan(50, { mtu: 1500 })), trunk('b', 'eth0.50', vlan(60, { mtu: 1500 }))],
    ],
    [
      'an inner trunk above an MTU that is not known yet',
      [trunk('a', 'eth0', vlan(50, { mtu: notKnown })), trunk('b', 'eth0.50', vlan(60, { mtu: 9000 }))],
    ],
    [
      'trunks that are each the parent of the other',
      [trunk('a', 'b1', vlan(1, { interfaceName: 'a1', mtu: 9 })), trunk('b', 'a1', vlan(1, { interfaceName: 'b1' }))],
    ],
    [
      'a shim beside the link of its VLAN',
      [trunk('a', 'eth0', vlan(50, { addresses: ['192.168.50.2/24'] })), shim('s')],
    ],
    ['a gateway on a shim beside the bare link of its VLAN', [trunk('a', 'eth0', vlan(50)), router('s')]],
    [
      'a gateway on a shim that leads to single machines, beside the link of its VLAN in that subnet',
      [
        trunk('a', 'eth0', vlan(50, { addresses: ['192.168.50.2/24'] })),
        router('s', { routes: ['192.168.50.64/26', '192.168.50.7'] }),
      ],
    ],
    [
      'two addresses of one subnet on one link, in two components',
      [
        trunk('a', 'eth0', vlan(50, { addresses: ['10.0.0.1/24'] })),
        trunk('b', 'eth0', vlan(50, { addresses: ['10.0.0.2/16', '10.0.0.3/24'] })),
      ],
    ],
    [
      'addresses that reach no other machine',
      [trunk('a', 'eth0', vlan(50, { addresses: ['10.0.0.1/8'] }), vlan(60, { addresses: ['10.0.0.9/32'] }))],
    ],
    [
      'one link-local address on links of two components, and of one',
      [
        trunk('a', 'eth0', vlan(50, { addresses: ['fe80::1/64'] }), vlan(60, { addresses: ['fe80::1/64'] })),
        trunk('b', 'eth0', vlan(70, { addresses: ['fe80::1/64'] })),
      ],
    ],
    [
      'a route to more than the subnet of another link',
      [trunk('a', 'eth0', vlan(50, routed('10.0.50.1')), vlan(60, { addresses: ['10.9.1.1/24'] }))],
    ],
    ['what one trunk has twice: its own check refuses it', [trunk('a', 'eth0', vlan(50), vlan(50, { mtu: 1400 }))]],
  ])('%s', (_, links) => expect(check(...links)).toEqual([]));

  test('garbage, which is for the check of the component', () => {
    const garbage: unknown[] = [
      undefined,
      null,
      'x',
      5,
      [],
      {},
      notKnown,
      [null],
      { vlans: [null, 'x', {}, { vlanId: 'x' }] },
    ];
    for (const value of garbage) {
      expect(check(trunkLinks('a', value), trunkLinks('b', { parentInterface: 'eth0', vlans: value }))).toEqual([]);
      expect(check(shimLinks('a', value), shimLinks('b', { network: value, interfaceName: value }))).toEqual([]);
      const own = { vlanId: 50, routes: value, addresses: value, mtu: value };
      expect(check(trunk('a', 'eth0', own, { ...own, routes: [value], addresses: [value] }))).toEqual([]);
    }
  });
});

const refuses: [string, DeclaredLink[][], string][] = [
  [
    'one name for two VLANs',
    [
      trunk('a', 'eth0', vlan(50, { interfaceName: 'lan' })),
      trunk('b', 'eth0', vlan(60), vlan(61, { interfaceName: 'lan' })),
    ],
    'hosts.n1.trunks.b.vlans[1].interfaceName: must be another name than that of hosts.n1.trunks.a.vlans[0], which is VLAN 50 (802.1Q) of eth0, got "lan"',
  ],
  [
    'one name for two parents',
    [trunk('a', 'eth0', vlan(50, { interfaceName: 'lan' })), trunk('b', 'eth1', vlan(50, { interfaceName: 'lan' }))],
    'hosts.n1.trunks.b.vlans[0].interfaceName: must be another name than that of hosts.n1.trunks.a.vlans[0], which is VLAN 50 (802.1Q) of eth0, got "lan"',
  ],
  [
    'one name for two protocols',
    [trunk('a', 'eth0', vlan(50)), trunk('b', 'eth0', vlan(50, { protocol: '802.1ad' }))],
    'hosts.n1.trunks.b.vlans[0].interfaceName: must be another name than that of hosts.n1.trunks.a.vlans[0], which is VLAN 50 (802.1Q) of eth0, got "eth0.50"',
  ],
  [
    'two names for one VLAN',
    [trunk('a', 'eth0', vlan(50)), trunk('b', 'eth0', vlan(50, { interfaceName: 'vlan50' }))],
    'hosts.n1.trunks.b.vlans[0].interfaceName: must be "eth0.50", as at hosts.n1.trunks.a.vlans[0], because the kernel has only one link for VLAN 50 (802.1Q) of eth0, got "vlan50"',
  ],
  [
    'two MTUs',
    [trunk('a', 'eth0', vlan(50, { mtu: 1400 })), trunk('b', 'eth0', vlan(50, { mtu: 1500 }))],
    'hosts.n1.trunks.b.vlans[0].mtu: must be 1400, as at hosts.n1.trunks.a.vlans[0] for the same link, got 1500',
  ],
  [
    'an MTU and none',
    [trunk('a', 'eth0', vlan(50, { mtu: 1400 })), trunk('b', 'eth0', vlan(50))],
    'hosts.n1.trunks.b.vlans[0].mtu: must be 1400, as at hosts.n1.trunks.a.vlans[0] for the same link, got nothing',
  ],
  [
    'none, and then an MTU',
    [trunk('a', 'eth0', vlan(50)), trunk('b', 'eth0', vlan(50, { mtu: 1400 }))],
    "hosts.n1.trunks.b.vlans[0].mtu: must be left out, for the parent interface's, as at hosts.n1.trunks.a.vlans[0] for the same link, got 1400",
  ],
  [
    'a shim with the name of a VLAN',
    [trunk('a', 'eth0', vlan(50)), shim('s', { interfaceName: 'eth0.50' }, { parentInterface: 'eth1' })],
    'hosts.n1.shims.s.interfaceName: must be another name than that of hosts.n1.trunks.a.vlans[0], got "eth0.50"',
  ],
  [
    'two shims on one network, each with the default name',
    [shim('s', { routes: [] }), shim('t', { addresses: notKnown, routes: notKnown })],
    'hosts.n1.shims.t.interfaceName: must be another name than that of hosts.n1.shims.s, got "eth0.50-shim"',
  ],
  [
    'an inner trunk with a larger MTU than the outer VLAN',
    [trunk('b', 'eth0.50', vlan(60, { mtu: 9000 })), trunk('a', 'eth0', vlan(50, { mtu: 1500 }))],
    'hosts.n1.trunks.b.vlans[0].mtu: must be at most 1500, that of hosts.n1.trunks.a.vlans[0], got 9000',
  ],
  [
    'the same two VLANs up, where the one between declares none',
    [
      trunk('a', 'eth0', vlan(50, { mtu: 1500 })),
      trunk('b', 'eth0.50', vlan(60)),
      trunk('c', 'eth0.50.60', vlan(70, { mtu: 1501, interfaceName: 'c70' })),
    ],
    'hosts.n1.trunks.c.vlans[0].mtu: must be at most 1500, that of hosts.n1.trunks.a.vlans[0], got 1501',
  ],
  [
    'one route on two links',
    [trunk('a', 'eth0', vlan(50, routed('10.0.50.1'))), trunk('b', 'eth0', vlan(60, routed('10.0.60.1')))],
    'hosts.n1.trunks.b.vlans[0].routes[0].destination: must be routed once, got 10.9.0.0/16 also at hosts.n1.trunks.a.vlans[0].routes[0].destination (there via 10.0.50.1 on eth0.50, here via 10.0.60.1 on eth0.60)',
  ],
  [
    'one route by two gateways of one link',
    [
      trunk('a', 'eth0', vlan(50, routed('10.0.50.1'))),
      trunk('b', 'eth0', vlan(50, { routes: [{ ...route, gateway: '10.0.50.3' }] })),
    ],
    'hosts.n1.trunks.b.vlans[0].routes[0].destination: must be routed once, got 10.9.0.0/16 also at hosts.n1.trunks.a.vlans[0].routes[0].destination (there via 10.0.50.1 on eth0.50, here via 10.0.50.3 on eth0.50)',
  ],
  [
    'a route to a subnet that another link is in',
    [trunk('a', 'eth0', vlan(60, { addresses: ['10.9.0.1/16'] })), trunk('b', 'eth0', vlan(50, routed('10.0.50.1')))],
    'hosts.n1.trunks.b.vlans[0].routes[0].destination: must be routed once, got 10.9.0.0/16 also at hosts.n1.trunks.a.vlans[0].addresses[0] (there on eth0.60, here via 10.0.50.1 on eth0.50)',
  ],
  [
    'a route that a shim has by its IP range',
    [trunk('a', 'eth0', vlan(60, { ...routed('10.0.60.1', { destination: '192.168.50.64/26' }) })), shim('s')],
    'hosts.n1.shims.s.routes: must be routed once, got 192.168.50.64/26 also at hosts.n1.trunks.a.vlans[0].routes[0].destination (there via 10.0.60.1 on eth0.60, here on eth0.50-shim)',
  ],
  [
    'two VLANs of one trunk with overlapping subnets, once for each link',
    [trunk('a', 'eth0', vlan(50, { addresses: ['10.0.0.1/25'] }), vlan(60, { addresses: ['10.0.0.2/24'] }))],
    'hosts.n1.trunks.a.vlans[1].addresses[0]: must not overlap 10.0.0.0/25 of eth0.50 (hosts.n1.trunks.a.vlans[0].addresses[0]), got "10.0.0.0/24"',
  ],
  [
    'two VLANs of one trunk with one subnet',
    [trunk('a', 'eth0', vlan(50, { addresses: ['10.0.0.1/24'] }), vlan(60, { addresses: ['10.0.0.2/24'] }))],
    'hosts.n1.trunks.a.vlans[1].addresses[0]: must not overlap 10.0.0.0/24 of eth0.50 (hosts.n1.trunks.a.vlans[0].addresses[0]), got "10.0.0.0/24"',
  ],
  [
    'a subnet inside of one of another trunk, IPv6',
    [
      trunk('a', 'eth0', vlan(50, { addresses: ['2001:db8::1/32'] })),
      trunk('b', 'eth1', vlan(50, { addresses: ['fe80::2/64', '2001:db8:5::1/64'] })),
    ],
    'hosts.n1.trunks.b.vlans[0].addresses[1]: must not overlap 2001:db8::/32 of eth0.50 (hosts.n1.trunks.a.vlans[0].addresses[0]), got "2001:db8:5::/64"',
  ],
  [
    'a route into the subnet of another link, whichever is declared first',
    [trunk('a', 'eth0', vlan(50, routed('10.0.50.1'))), trunk('b', 'eth0', vlan(60, { addresses: ['10.8.0.1/15'] }))],
    'hosts.n1.trunks.a.vlans[0].routes[0].destination: must not lie in 10.8.0.0/15 of eth0.60 (hosts.n1.trunks.b.vlans[0].addresses[0]), got "10.9.0.0/16"',
  ],
  [
    'a shim whose routes lie in the subnet of another link than its parent',
    [trunk('a', 'eth0', vlan(50), vlan(60, { addresses: ['192.168.50.2/24'] })), shim('s')],
    'hosts.n1.shims.s.routes: must not lie in 192.168.50.0/24 of eth0.60 (hosts.n1.trunks.a.vlans[1].addresses[0]), got "192.168.50.64/26"',
  ],
  [
    'a gateway on a shim whose VLAN has an address in the same subnet',
    [trunk('a', 'eth0', vlan(50, { addresses: ['192.168.50.2/24'] })), router('s')],
    'hosts.n1.shims.s.addresses[0]: must be routed once, got 192.168.50.0/24 also at hosts.n1.trunks.a.vlans[0].addresses[0] (there on eth0.50, here on eth0.50-shim)',
  ],
  [
    'the same with another size of the subnet, whichever is declared first',
    [router('s'), trunk('a', 'eth0', vlan(50, { addresses: ['192.168.50.2/25'] }))],
    'hosts.n1.trunks.a.vlans[0].addresses[0]: must not overlap 192.168.50.0/24 of eth0.50-shim (hosts.n1.shims.s.addresses[0]), got "192.168.50.0/25"',
  ],
  [
    'a gateway on a shim whose subnet another VLAN overlaps',
    [trunk('a', 'eth0', vlan(50), vlan(60, { addresses: ['192.168.0.1/16'] })), router('s')],
    'hosts.n1.shims.s.addresses[0]: must not overlap 192.168.0.0/16 of eth0.60 (hosts.n1.trunks.a.vlans[1].addresses[0]), got "192.168.50.0/24"',
  ],
];
test.each(refuses)('refuses %s', (_, links, problem) => expect(check(...links)).toEqual([problem]));
