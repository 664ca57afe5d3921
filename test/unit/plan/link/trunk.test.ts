import type { Routing } from '../../../../src/plan/link/routing';
import type { TrunkSpec, VlanSpec } from '../../../../src/plan/link/trunk';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { readTrunk } from '../../../../src/plan/link/trunk';
import { lines } from '../text';
import { planWith, problemsWith } from '../../../readWith';

const trunk = (...vlans: unknown[]): TrunkSpec => ({ parentInterface: 'eth0', vlans: vlans as VlanSpec[] });
const check = (...vlans: unknown[]): string[] => lines(problemsWith(readTrunk, trunk(...vlans)));

test('the normal form: names, protocol, canonical addresses, VLANs by ID', () => {
  expect(
    planWith(
      readTrunk,
      trunk(
        {
          vlanId: 60,
          mtu: 1400,
          addresses: ['2001:DB8:0::1/64', '10.0.0.1/24'],
          routes: [{ destination: '2001:DB8:1::/64', gateway: '2001:DB8::0:2' }],
        },
        { vlanId: 50, protocol: '802.1ad', interfaceName: 'outer50' },
        { vlanId: 50 },
      ),
    ),
  ).toEqual({
    parentInterface: 'eth0',
    vlans: [
      { vlanId: 50, interfaceName: 'eth0.50', protocol: '802.1Q', addresses: [], routes: [] },
      { vlanId: 50, interfaceName: 'outer50', protocol: '802.1ad', addresses: [], routes: [] },
      {
        vlanId: 60,
        interfaceName: 'eth0.60',
        protocol: '802.1Q',
        mtu: 1400,
        addresses: ['2001:db8::1/64', '10.0.0.1/24'],
        routes: [{ destination: '2001:db8:1::/64', gateway: '2001:db8::2' }],
      },
    ],
  });
});

test('values not known yet stay markers', () => {
  const spec = trunk(
    { vlanId: 50, mtu: notKnown, addresses: [notKnown, '10.0.0.1/24'] },
    // The gateway may turn out to be in a subnet of an address that is not known yet.
    { vlanId: 60, addresses: notKnown, routes: [{ destination: notKnown, gateway: '10.1.0.2' }, notKnown] },
    { vlanId: 70, routes: notKnown },
  );
  expect(problemsWith(readTrunk, spec)).toEqual([]);
  expect(planWith(readTrunk, spec).vlans.map(({ mtu, addresses, routes }) => ({ mtu, addresses, routes }))).toEqual([
    { mtu: notKnown, addresses: [notKnown, '10.0.0.1/24'], routes: [] },
    { mtu: undefined, addresses: [notKnown], routes: [{ destination: notKnown, gateway: '10.1.0.2' }, notKnown] },
    { mtu: undefined, addresses: [], routes: [notKnown] },
  ]);
});

test('routing is one of three words, and none where it is left to the host', () => {
  const routing = (value: unknown) =>
    planWith(readTrunk, { ...trunk({ vlanId: 50 }), routing: value as Routing }).routing;
  expect([undefined, 'unmanaged', 'isolated', 'between'].map(routing)).toEqual([
    undefined,
    undefined,
    'isolated',
    'between',
  ]);
  for (const wrong of ['off', 'Isolated', true, ['isolated']])
    expect(lines(problemsWith(readTrunk, { ...trunk({ vlanId: 50 }), routing: wrong as Routing }))).toEqual([
      expect.stringMatching(/^routing: must be one of isolated, between, unmanaged, got /),
    ]);
});

test('a trunk without VLANs is allowed: a running one may lose its last', () => expect(check()).toEqual([]));

describe('accepts', () => {
  test.each<[string, unknown[]]>([
    ['the first and the last ID', [{ vlanId: 1 }, { vlanId: 4094 }]],
    ['one ID in both protocols', [{ vlanId: 5 }, { vlanId: 5, protocol: '802.1ad', interfaceName: 'q5' }]],
    ['the smallest MTU', [{ vlanId: 5, mtu: 68, addresses: ['10.0.0.1/24'] }]],
    ['the smallest MTU with IPv6', [{ vlanId: 5, mtu: 1280, addresses: ['2001:db8::1/64'] }]],
    ['both ends of a /31', [{ vlanId: 5, addresses: ['10.0.0.0/31', '10.0.0.1/31'] }]],
    ['a /32 and a /128', [{ vlanId: 5, addresses: ['10.0.0.0/32', '2001:db8::/128'] }]],
    ['one link-local address on all VLANs', [5, 6].map((vlanId) => ({ vlanId, addresses: ['fe80::1/64'] }))],
    ['a name of its own', [{ vlanId: 5, interfaceName: 'cameras' }]],
  ])('%s', (_, vlans) => expect(check(...vlans)).toEqual([]));
});

describe('refuses', () => {
  const id = 'must be an integer from 1 to 4094';
  test.each<[unknown[], string[]]>([
    [[{ vlanId: 1 }, { vlanId: 5000 }], [`vlans[1].vlanId: ${id}, got 5000`]],
    [[{ vlanId: 0 }], [`vlans[0].vlanId: ${id}, got 0`]],
    [[{ vlanId: 4095 }], [`vlans[0].vlanId: ${id}, got 4095`]],
    [[{ vlanId: 1.5 }], [`vlans[0].vlanId: ${id}, got 1.5`]],
    [[{ vlanId: '50' }], [`vlans[0].vlanId: ${id}, got "50"`]],
    [[{}], [`vlans[0].vlanId: ${id}, got nothing`]],
    [[null], ['vlans[0]: must be an object, got null']],
    [[{ vlanId: 5 }, { vlanId: 5 }], ['vlans[1].vlanId: must be given once, got 5 also at vlans[0].vlanId']],
    [
      [{ vlanId: 5 }, { vlanId: 6, interfaceName: 'six' }, { vlanId: 5, interfaceName: 'six' }],
      [
        'vlans[2].vlanId: must be given once, got 5 also at vlans[0].vlanId',
        'vlans[2].interfaceName: must be given once, got "six" also at vlans[1].interfaceName',
      ],
    ],
    [
      [{ vlanId: 5 }, { vlanId: 5, protocol: '802.1ad' }],
      ['vlans[1].interfaceName: must be given once, got "eth0.5" also at vlans[0].interfaceName'],
    ],
    [
      [{ vlanId: 5 }, { vlanId: 6, interfaceName: 'eth0.5' }],
      [
        'vlans[1].interfaceName: must not end in another VLAN ID than 6, got "eth0.5"',
        'vlans[1].interfaceName: must be given once, got "eth0.5" also at vlans[0].interfaceName',
      ],
    ],
    [
      [{ vlanId: 5, interfaceName: 'eth0' }],
      ['vlans[0].interfaceName: must differ from the parent interface\'s name, got "eth0"'],
    ],
    [[{ vlanId: 5, mtu: 67 }], ['vlans[0].mtu: must be an integer from 68 to 65535, got 67']],
    [[{ vlanId: 5, mtu: 65536 }], ['vlans[0].mtu: must be an integer from 68 to 65535, got 65536']],
    [[{ vlanId: 5, mtu: NaN }], ['vlans[0].mtu: must be an integer from 68 to 65535, got NaN']],
    [
      [{ vlanId: 5, mtu: 1279, addresses: ['2001:db8::1/64'] }],
      ['vlans[0].mtu: must be at least 1280 where the VLAN has an IPv6 address (RFC 8200), got 1279'],
    ],
    [[{ vlanId: 5, protocol: '802.1q' }], ['vlans[0].protocol: must be one of 802.1Q, 802.1ad, got "802.1q"']],
    [[{ vlanId: 5, addresses: '10.0.0.1/24' }], ['vlans[0].addresses: must be a list, got "10.0.0.1/24"']],
    [
      [{ vlanId: 5, addresses: ['10.0.0.1'] }],
      ['vlans[0].addresses[0]: must be an IP address with its prefix length, like 192.168.14.1/24, got "10.0.0.1"'],
    ],
    [
      [{ vlanId: 5, addresses: ['fe80::1%eth0/64'] }],
      [
        'vlans[0].addresses[0]: must be an IP address with its prefix length, like 192.168.14.1/24 without a zone, ' +
          'got "fe80::1%eth0/64" (did you mean fe80::1/64?)',
      ],
    ],
    [
      [{ vlanId: 5, addresses: ['10.0.0.0/24', '10.0.0.255/24'] }],
      [
        'vlans[0].addresses[0]: must be the address of a host, not the network address of 10.0.0.0/24, got "10.0.0.0/24"',
        'vlans[0].addresses[1]: must be the address of a host, not the broadcast address of 10.0.0.0/24, got "10.0.0.255/24"',
      ],
    ],
    [
      [{ vlanId: 5, addresses: ['224.0.0.5/24', '127.0.0.1/8', '0.0.0.0/32', 'ff02::1/64', '::1/128'] }],
      ['multicast', 'loopback', 'unspecified', 'multicast', 'loopback'].map((name, index) => {
        const found = ['224.0.0.5/24', '127.0.0.1/8', '0.0.0.0/32', 'ff02::1/64', '::1/128'][index]!;
        return `vlans[0].addresses[${index}]: must not be a ${name} address, got "${found}"`;
      }),
    ],
    [
      [
        { vlanId: 5, addresses: ['2001:db8::1/64'] },
        { vlanId: 6, addresses: ['2001:DB8:0::1/48'] },
      ],
      ['vlans[1].addresses[0]: must be given once, got 2001:db8::1 also at vlans[0].addresses[0]'],
    ],
  ])('%j', (vlans, problems) => expect(check(...vlans)).toEqual(problems));

  test('a default name that is too long, with what to do', () => {
    expect(lines(problemsWith(readTrunk, { parentInterface: 'enx001122334455', vlans: [{ vlanId: 100 }] }))).toEqual([
      'vlans[0].interfaceName: must be given where the default is longer than 15 bytes, ' +
        'got "enx001122334455.100" (did you mean "vlan100"?)',
    ]);
  });

  test('everything at once', () => {
    const spec = { parentInterface: 'eth 0', vlans: [{ vlanId: 0 }, { vlanId: 5, mtu: 1 }] };
    expect(problemsWith(readTrunk, spec).map(({ path }) => path)).toEqual([
      'parentInterface',
      'vlans[0].vlanId',
      'vlans[1].mtu',
    ]);
  });
});
