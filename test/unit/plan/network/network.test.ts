import type { NetworkSpec } from '../../../../src/plan/network/network';
import type { SubnetSpec } from '../../../../src/plan/network/subnet';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { checkNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const seed = { subnet: '192.168.14.0/24', gateway: '192.168.14.1' };
const network = (subnets: unknown[], more: object = {}): NetworkSpec => ({
  driver: 'macvlan',
  parentInterface: 'eth0.50',
  subnets: subnets as SubnetSpec[],
  ...more,
});
const check = (subnets: unknown[], more: object = {}): string[] => lines(checkNetwork(network(subnets, more)));
/** One subnet's problems, without the common beginning of their paths. */
const checkSubnet = (subnet: unknown, more: object = {}): string[] =>
  check([subnet], more).map((line) => line.replace('subnets[0].', ''));

describe('accepts', () => {
  const rows: [string, unknown[], object?][] = [
    [
      'the first network of the seed',
      [{ subnet: '192.168.14.0/24', gateway: '192.168.14.2' }],
      { parentInterface: 'eth0' },
    ],
    [
      'ipvlan210 of the seed, without parent',
      [
        { subnet: '192.168.210.0/24', gateway: '192.168.210.254' },
        { subnet: '192.168.212.0/24', gateway: '192.168.212.254' },
      ],
      { driver: 'ipvlan', mode: 'l2', parentInterface: undefined },
    ],
    ['IPv4 and IPv6', [seed, { subnet: '2001:db8::/64', gateway: '2001:db8::1' }]],
    ['IPv6 alone', [{ subnet: '2001:db8::/64', gateway: '2001:db8::1' }]],
    ['expressly no gateway', [{ subnet: '192.168.14.0/24', gateway: 'none' }]],
    ['no gateway set, internal', [{ subnet: '192.168.14.0/24' }], { internal: true }],
    ['no gateway set, no parent', [{ subnet: '192.168.14.0/24' }], { parentInterface: undefined }],
    ['no gateway set, l3', [{ subnet: '192.168.14.0/24' }], { driver: 'ipvlan', mode: 'l3' }],
    ['gateway none, l3s', [{ subnet: '192.168.14.0/24', gateway: 'none' }], { driver: 'ipvlan', mode: 'l3s' }],
    ['no addresses at all', []],
    [
      'a range and reserved addresses',
      [
        {
          ...seed,
          ipRange: '192.168.14.64/26',
          auxiliaryAddresses: { router2: '192.168.14.2', inRange: '192.168.14.65' },
        },
      ],
    ],
    ['a /31 with its router', [{ subnet: '10.0.0.0/31', gateway: '10.0.0.0' }]],
    ['a /31, internal', [{ subnet: '10.0.0.0/31' }], { internal: true }],
    ['a /32, internal', [{ subnet: '10.0.0.0/32' }], { internal: true }],
    ['a /127, internal', [{ subnet: '2001:db8::/127' }], { internal: true }],
    ['labels', [seed], { labels: { owner: 'net' } }],
    ['a name of one letter', [seed], { name: 'a' }],
    ['a name that only Windows has for itself', [seed], { name: 'nat' }],
    ['an auxiliary address without a name', [{ ...seed, auxiliaryAddresses: { '': '192.168.14.2' } }]],
    ['the documented names', [seed], { name: 'mac_net1', parentInterface: 'eth0.10' }],
    [
      'values not known yet',
      [{ subnet: notKnown, gateway: notKnown, ipRange: notKnown, auxiliaryAddresses: { a: notKnown } }],
      {
        name: notKnown,
        parentInterface: notKnown,
        internal: notKnown,
        labels: { a: notKnown },
      },
    ],
    ['no gateway set, internal not known', [{ subnet: '192.168.14.0/24' }], { internal: notKnown }],
  ];
  test.each(rows.map(([name, subnets, more]) => ({ name, subnets, more })))('$name', ({ subnets, more }) =>
    expect(check(subnets, more)).toEqual([]),
  );

  test.each(['bridge', 'private', 'vepa', 'passthru'])('macvlan %s', (mode) =>
    expect(check([seed], { mode })).toEqual([]),
  );
  test.each(['bridge', 'private', 'vepa'])('ipvlan flag %s', (flag) =>
    expect(check([seed], { driver: 'ipvlan', flag })).toEqual([]),
  );
});

describe('refuses in a subnet', () => {
  test.each<[object, string[]]>([
    [
      { subnet: '192.168.14.1/24', gateway: 'none' },
      ['subnet: must have no host bits set, got "192.168.14.1/24" (did you mean 192.168.14.0/24?)'],
    ],
    [
      { subnet: '2001:DB8::1/64', gateway: 'none' },
      ['subnet: must have no host bits set, got "2001:DB8::1/64" (did you mean 2001:db8::/64?)'],
    ],
    [
      { subnet: '192.168.14.0', gateway: 'none' },
      ['subnet: must be a block of addresses in CIDR form, like 192.168.14.0/24, got "192.168.14.0"'],
    ],
    [
      { subnet: ' 192.168.14.0/24', gateway: 'none' },
      [
        'subnet: must be a block of addresses in CIDR form, like 192.168.14.0/24, got " 192.168.14.0/24" (did you mean 192.168.14.0/24?)',
      ],
    ],
    [
      { subnet: '::ffff:192.168.14.0/120', gateway: 'none' },
      [
        'subnet: must be a block of addresses in CIDR form, like 192.168.14.0/24, not an IPv4-mapped one, got "::ffff:192.168.14.0/120"',
      ],
    ],
    [
      { subnet: undefined, gateway: 'none' },
      ['subnet: must be a block of addresses in CIDR form, like 192.168.14.0/24, got nothing'],
    ],
    [
      { subnet: '169.254.0.0/24', gateway: 'none' },
      ['subnet: must not touch the link-local range 169.254.0.0/16, got "169.254.0.0/24"'],
    ],
    [
      { subnet: 'fe80::/64', gateway: 'none' },
      ['subnet: must not touch the link-local range fe80::/10, got "fe80::/64"'],
    ],
    [
      { subnet: '224.0.0.0/24', gateway: 'none' },
      ['subnet: must not touch the multicast range 224.0.0.0/4, got "224.0.0.0/24"'],
    ],
    [
      { subnet: '0.0.0.0/0', gateway: 'none' },
      ['subnet: must not touch the unspecified range 0.0.0.0/8, got "0.0.0.0/0"'],
    ],
    [
      { subnet: '127.0.0.0/8', gateway: 'none' },
      ['subnet: must not touch the loopback range 127.0.0.0/8, got "127.0.0.0/8"'],
    ],
    [
      { gateway: undefined },
      [
        'gateway: must be an address of the subnet, or "none" (if none is set, Engines up to 28 choose a gateway and later ones do not), got nothing',
      ],
    ],
    [{ gateway: null }, ['gateway: must be an IP address, got null']],
    [{ gateway: '192.168.15.1' }, ['gateway: must be an address of the subnet 192.168.14.0/24, got "192.168.15.1"']],
    [
      { gateway: '192.168.14.1/24' },
      ['gateway: must be an IP address, got "192.168.14.1/24" (did you mean 192.168.14.1?)'],
    ],
    [
      { gateway: '::ffff:192.168.14.1' },
      [
        'gateway: must be an IP address, not an IPv4-mapped one, got "::ffff:192.168.14.1" (did you mean 192.168.14.1?)',
      ],
    ],
    [{ gateway: '2001:db8::1' }, ['gateway: must be an address of the subnet 192.168.14.0/24, got "2001:db8::1"']],
    [{ gateway: '192.168.14.0' }, ['gateway: must not be the network address of 192.168.14.0/24, got "192.168.14.0"']],
    [
      { gateway: '192.168.14.255' },
      ['gateway: must not be the broadcast address of 192.168.14.0/24, got "192.168.14.255"'],
    ],
    [
      { subnet: '2001:db8::/64', gateway: '2001:db8::' },
      ['gateway: must not be the subnet-router anycast address of 2001:db8::/64, got "2001:db8::"'],
    ],
    [{ ipRange: '192.168.15.0/26' }, ['ipRange: must lie inside the subnet 192.168.14.0/24, got "192.168.15.0/26"']],
    [{ ipRange: '192.168.0.0/16' }, ['ipRange: must lie inside the subnet 192.168.14.0/24, got "192.168.0.0/16"']],
    [
      { ipRange: '192.168.14.100/26' },
      ['ipRange: must have no host bits set, got "192.168.14.100/26" (did you mean 192.168.14.64/26?)'],
    ],
    [
      { auxiliaryAddresses: { a: '192.168.15.2' } },
      ['auxiliaryAddresses.a: must be an address of the subnet 192.168.14.0/24, got "192.168.15.2"'],
    ],
    [
      { auxiliaryAddresses: { a: '192.168.14.1' } },
      ['auxiliaryAddresses.a: must not be the gateway, which Docker reserves anyway, got "192.168.14.1"'],
    ],
    [
      { auxiliaryAddresses: { a: '192.168.14.255' } },
      ['auxiliaryAddresses.a: must not be the broadcast address of 192.168.14.0/24, got "192.168.14.255"'],
    ],
    [
      { auxiliaryAddresses: { a: '192.168.14.2', b: '192.168.14.2' } },
      ['auxiliaryAddresses.b: must be given once, got 192.168.14.2 also at subnets[0].auxiliaryAddresses.a'],
    ],
    [{ auxiliaryAddresses: ['192.168.14.2'] }, ['auxiliaryAddresses: must be an object, got a list']],
    [
      { subnet: '10.0.0.0/32', gateway: '10.0.0.0' },
      ['subnet: must have an address for a container beside those reserved, got "10.0.0.0/32"'],
    ],
    [
      { subnet: '2001:db8::/128', gateway: 'none' },
      ['subnet: must have an address for a container beside those reserved, got "2001:db8::/128"'],
    ],
    [
      { subnet: '10.0.0.0/30', gateway: '10.0.0.1', auxiliaryAddresses: { a: '10.0.0.2' } },
      ['subnet: must have an address for a container beside those reserved, got "10.0.0.0/30"'],
    ],
  ])('%j', (change, problems) => expect(checkSubnet({ ...seed, ...change })).toEqual(problems));
});

describe('refuses in a network', () => {
  test.each<[string, unknown[], object, string[]]>([
    [
      'an address as gateway of l3',
      [seed],
      { driver: 'ipvlan', mode: 'l3' },
      ['subnets[0].gateway: must be left out: ipvlan l3 and l3s route without a gateway, got "192.168.14.1"'],
    ],
    [
      'overlapping subnets',
      [{ subnet: '192.168.0.0/16', gateway: 'none' }, { subnet: '10.0.0.0/8', gateway: 'none' }, seed],
      {},
      ['subnets[2].subnet: must not overlap 192.168.0.0/16, the subnet of subnets[0], got "192.168.14.0/24"'],
    ],
    [
      'a subnet given twice',
      [seed, seed],
      {},
      ['subnets[1].subnet: must not overlap 192.168.14.0/24, the subnet of subnets[0], got "192.168.14.0/24"'],
    ],
    ['an unknown driver', [seed], { driver: 'bridge' }, ['driver: must be one of macvlan, ipvlan, got "bridge"']],
    [
      'a mode of the other driver',
      [seed],
      { mode: 'l2' },
      ['mode: must be one of bridge, private, vepa, passthru, got "l2"'],
    ],
    [
      'a mode of the other driver',
      [seed],
      { driver: 'ipvlan', mode: 'passthru' },
      ['mode: must be one of l2, l3, l3s, got "passthru"'],
    ],
    ['a flag on macvlan', [seed], { flag: 'vepa' }, ['flag: is for ipvlan only, got "vepa"']],
    [
      'a name that a URL has another meaning for',
      [seed],
      { name: 'a?b' },
      ["name: must be letters, digits, '_', '.' and '-', a letter or digit first, got \"a?b\""],
    ],
    [
      'a name with an option in it',
      [seed],
      { name: '-d' },
      ["name: must be letters, digits, '_', '.' and '-', a letter or digit first, got \"-d\""],
    ],
    [
      'a name that Docker has',
      [seed],
      { name: 'bridge' },
      ['name: must not be a name that Docker keeps for itself, got "bridge"'],
    ],
    [
      'a name that Swarm has',
      [seed],
      { name: 'docker_gwbridge' },
      ['name: must not be a name that Docker keeps for itself, got "docker_gwbridge"'],
    ],
    [
      'the loopback interface',
      [seed],
      { parentInterface: 'lo' },
      ['parentInterface: must not be the loopback interface, which Docker refuses as a parent, got "lo"'],
    ],
    [
      'no VLAN ID after the dot',
      [seed],
      { parentInterface: 'eth0.' },
      ['parentInterface: must have a VLAN ID from 1 to 4094 after each dot, like eth0.50, got "eth0."'],
    ],
    [
      'a VLAN ID over 4094',
      [seed],
      { parentInterface: 'eth0.4095' },
      ['parentInterface: must have a VLAN ID from 1 to 4094 after each dot, like eth0.50, got "eth0.4095"'],
    ],
    ['internal as a text', [seed], { internal: 'yes' }, ['internal: must be true or false, got "yes"']],
    ['a number as a label', [seed], { labels: { tier: 5 } }, ['labels.tier: must be a string, got 5']],
    ['subnets left out', [seed], { subnets: undefined }, ['subnets: must be a list, got nothing']],
    ['subnets as texts', ['192.168.14.0/24'], {}, ['subnets[0]: must be an object, got "192.168.14.0/24"']],
  ])('%s', (_, subnets, more, problems) => expect(check(subnets, more)).toEqual(problems));
});
