import type { VlanSpec } from '../../../../src/plan/link/trunk';
import { readTrunk } from '../../../../src/plan/link/trunk';
import { lines } from '../text';
import { problemsWith } from '../../../readWith';

const addresses = ['192.168.50.1/24', '2001:db8:50::1/64'];
const check = (...vlans: object[]): string[] =>
  lines(problemsWith(readTrunk, { parentInterface: 'eth0', vlans: vlans as VlanSpec[] }));
const route = (destination: unknown, gateway: unknown) =>
  check({ vlanId: 50, addresses, routes: [{ destination, gateway }] });

test.each([
  ['a network behind another host', '192.168.60.0/24', '192.168.50.12'],
  ['one address', '192.168.60.7/32', '192.168.50.12'],
  ['IPv6', '2001:db8:60::/64', '2001:db8:50::2'],
  ['a block that the VLAN is a part of: what is nearer wins', '192.168.0.0/16', '192.168.50.254'],
])('accepts %s', (_, destination, gateway) => expect(route(destination, gateway)).toEqual([]));

const at = 'vlans[0].routes[0]';
test.each<[string, unknown, unknown, string[]]>([
  [
    'the default route of IPv4',
    '0.0.0.0/0',
    '192.168.50.2',
    [`${at}.destination: must not be the default route, which this package leaves to the host, got "0.0.0.0/0"`],
  ],
  [
    'the default route of IPv6',
    '::/0',
    '2001:db8:50::2',
    [`${at}.destination: must not be the default route, which this package leaves to the host, got "::/0"`],
  ],
  [
    'half of the Internet, which is the default route by another name',
    '128.0.0.0/1',
    '192.168.50.2',
    [`${at}.destination: must not touch the multicast range 224.0.0.0/4, got "128.0.0.0/1"`],
  ],
  [
    'host bits',
    '192.168.60.1/24',
    '192.168.50.2',
    [`${at}.destination: must have no host bits set, got "192.168.60.1/24" (did you mean 192.168.60.0/24?)`],
  ],
  [
    "the VLAN's own subnet",
    '192.168.50.0/24',
    '192.168.50.2',
    [
      `${at}.destination: must not lie inside 192.168.50.0/24, which the host reaches by its own address, got "192.168.50.0/24"`,
    ],
  ],
  [
    "a part of the VLAN's own subnet",
    '192.168.50.128/25',
    '192.168.50.2',
    [
      `${at}.destination: must not lie inside 192.168.50.0/24, which the host reaches by its own address, got "192.168.50.128/25"`,
    ],
  ],
  [
    'a gateway that is not on the VLAN',
    '192.168.60.0/24',
    '192.168.51.2',
    [`${at}.gateway: must be an address of 192.168.50.0/24 or 2001:db8:50::/64, got "192.168.51.2"`],
  ],
  [
    "the host's own address as gateway",
    '192.168.60.0/24',
    '192.168.50.1',
    [`${at}.gateway: must be another machine's address, not the host's own, got "192.168.50.1"`],
  ],
  [
    'an address that no machine may have as gateway',
    '192.168.60.0/24',
    '192.168.50.255',
    [
      `${at}.gateway: must be the address of a router, not the broadcast address of 192.168.50.0/24, got "192.168.50.255"`,
    ],
  ],
  [
    'mixed families',
    '192.168.60.0/24',
    '2001:db8:50::2',
    [`${at}.gateway: must be an IPv4 address, as the destination is, got "2001:db8:50::2"`],
  ],
  [
    'nothing',
    undefined,
    undefined,
    [
      `${at}.destination: must be a block of addresses in CIDR form, like 192.168.14.0/24, got nothing`,
      `${at}.gateway: must be an IP address, got nothing`,
    ],
  ],
])('refuses %s', (_, destination, gateway, problems) => expect(route(destination, gateway)).toEqual(problems));

test('refuses a route on a VLAN without addresses: the router could not be reached', () => {
  expect(check({ vlanId: 50, routes: [{ destination: '192.168.60.0/24', gateway: '192.168.50.2' }] })).toEqual([
    `${at}.gateway: must be an address of the VLAN, which needs addresses for it, got "192.168.50.2"`,
  ]);
});

test('refuses a destination twice on one trunk', () => {
  const routes = (gateway: string) => [{ destination: '192.168.60.0/24', gateway }];
  const second = { vlanId: 51, addresses: ['192.168.51.1/24'], routes: routes('192.168.51.2') };
  expect(check({ vlanId: 50, addresses, routes: routes('192.168.50.2') }, second)).toEqual([
    `vlans[1].routes[0].destination: must be given once, got 192.168.60.0/24 also at ${at}.destination`,
  ]);
});
