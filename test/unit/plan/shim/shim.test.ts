import type { NetworkSpec } from '../../../../src/plan/network/network';
import type { ShimSpec } from '../../../../src/plan/shim/shim';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { planNetwork } from '../../../../src/plan/network/network';
import { readShim } from '../../../../src/plan/shim/shim';
import { lines } from '../text';
import { Problems } from '../../../../src/plan/argument/problem';
import { planWith, problemsWith } from '../../../readWith';

const subnet = {
  subnet: '192.168.50.0/24',
  gateway: '192.168.50.1',
  ipRange: '192.168.50.64/26',
  auxiliaryAddresses: { shim: '192.168.50.250', 'shim-2': '192.168.50.251' },
};
const subnet6 = {
  subnet: '2001:db8:50::/64',
  gateway: '2001:db8:50::1',
  ipRange: '2001:db8:50::1:0/112',
  auxiliaryAddresses: { shim: '2001:db8:50::fa' },
};
const spec = (more: object, network: object = {}): ShimSpec => ({
  network: planNetwork({
    driver: 'macvlan',
    parentInterface: 'eth0.50',
    subnets: [subnet],
    ...network,
  } as unknown as NetworkSpec),
  addresses: ['192.168.50.250'],
  ...more,
});
const check = (more: object, network?: object): string[] => lines(problemsWith(readShim, spec(more, network)));

test('the plan: a link like those of the containers, an address without its subnet, routes to the IP range', () => {
  expect(planWith(readShim, spec({}))).toEqual({
    interfaceName: 'eth0.50-shim',
    parentInterface: 'eth0.50',
    kind: 'macvlan',
    mode: 'bridge',
    addresses: ['192.168.50.250/32'],
    routes: [{ destination: '192.168.50.64/26', source: '192.168.50.250' }],
    sysctls: [
      { family: 'ipv4', key: 'arp_ignore', value: 1 },
      { family: 'ipv4', key: 'arp_announce', value: 2 },
      { family: 'ipv4', key: 'rp_filter', value: 2 },
      { family: 'ipv6', key: 'accept_ra', value: 0 },
    ],
  });
});

test('beside an ipvlan network it is an ipvlan of the same mode, which needs no care for ARP', () => {
  const plan = planWith(readShim, spec({}, { driver: 'ipvlan', mode: 'l2' }));
  expect(plan).toMatchObject({ kind: 'ipvlan', mode: 'l2', flag: 'bridge' });
  expect(plan.sysctls.map(({ key }) => key)).toEqual(['rp_filter', 'accept_ra']);
});

test('each family separately, and routes to single containers, each from the address in its subnet', () => {
  const both = spec(
    { addresses: ['192.168.50.250', '2001:DB8:50::FA'], routes: ['192.168.50.70', '2001:db8:50::1:0/120'] },
    { subnets: [subnet, subnet6] },
  );
  const { addresses, routes } = planWith(readShim, both);
  expect(addresses).toEqual(['192.168.50.250/32', '2001:db8:50::fa/128']);
  // The kernel refuses a source that it still asks the link for.
  expect(routes).toEqual([
    { destination: '192.168.50.70/32', source: '192.168.50.250' },
    { destination: '2001:db8:50::1:0/120' },
  ]);
});

test('by default only the subnets in which the shim has an address are routed to', () => {
  expect(planWith(readShim, spec({}, { subnets: [subnet, subnet6] })).routes).toEqual([
    { destination: '192.168.50.64/26', source: '192.168.50.250' },
  ]);
});

test('by default the fixed addresses outside of the range are routed to, each from the address in its subnet', () => {
  const fixedAddresses = ['192.168.50.10', '192.168.50.70', '192.168.50.200', '2001:db8:50::7', '10.0.0.7', 'x', 5];
  const more = { addresses: ['192.168.50.250', '2001:db8:50::fa'], fixedAddresses };
  expect(planWith(readShim, spec(more, { subnets: [subnet, subnet6] })).routes).toEqual([
    { destination: '192.168.50.64/26', source: '192.168.50.250' },
    { destination: '192.168.50.10/32', source: '192.168.50.250' },
    { destination: '192.168.50.200/32', source: '192.168.50.250' },
    { destination: '2001:db8:50::1:0/112' },
    { destination: '2001:db8:50::7/128' },
  ]);
  // Routes that the program names are all that it wants.
  expect(planWith(readShim, spec({ fixedAddresses, routes: ['192.168.50.70'] })).routes).toEqual([
    { destination: '192.168.50.70/32', source: '192.168.50.250' },
  ]);
});

test('the gateway is the router of its subnet: its address leads to all of it, whether there is an IP range or not', () => {
  const addresses = ['2001:db8:50::1', '192.168.50.1', '192.168.50.250'];
  const fixedAddresses = ['192.168.50.10'];
  for (const ipRange of [subnet.ipRange, undefined, '192.168.50.0/25', subnet.subnet]) {
    const plan = planWith(
      readShim,
      spec({ addresses, fixedAddresses }, { subnets: [{ ...subnet, ipRange }, subnet6] }),
    );
    expect(plan.addresses).toEqual(['2001:db8:50::1/64', '192.168.50.1/24', '192.168.50.250/32']);
    expect(plan.routes).toEqual([]);
  }
});

test('the gateway of one subnet is nothing in another', () => {
  const plan = planWith(
    readShim,
    spec({ addresses: ['192.168.50.1', '2001:db8:50::fa'] }, { subnets: [subnet, subnet6] }),
  );
  expect(plan.addresses).toEqual(['192.168.50.1/24', '2001:db8:50::fa/128']);
  expect(plan.routes).toEqual([{ destination: '2001:db8:50::1:0/112' }]);
});

test('a gateway whose routes are given leads nowhere else, and may lead to all of its subnet', () => {
  const to = (...routes: string[]) =>
    planWith(readShim, spec({ addresses: ['192.168.50.250', '192.168.50.1'], routes }, {}));
  expect(to().addresses).toEqual(['192.168.50.250/32', '192.168.50.1/32']);
  expect(to().routes).toEqual([]);
  expect(to('192.168.50.0/24', '192.168.50.0/25').routes).toEqual([
    { destination: '192.168.50.0/24', source: '192.168.50.1' },
    { destination: '192.168.50.0/25', source: '192.168.50.1' },
  ]);
});

test.each([
  ['vepa, with a switch that reflects', { mode: 'vepa' }],
  ['ipvlan l3', { driver: 'ipvlan', mode: 'l3', subnets: [{ ...subnet, gateway: undefined }] }],
  ['an internal network: its containers reach their subnet', { internal: true }],
])('accepts %s', (_, network) => expect(check({}, network)).toEqual([]));

test.each<[string, object, object, string[]]>([
  [
    'no parent',
    {},
    { parentInterface: undefined },
    ['network: must have a parentInterface: without one Docker makes a dummy that nothing else is on'],
  ],
  [
    'macvlan private',
    {},
    { mode: 'private' },
    ['network: must be in another mode than private, where containers reach no other link'],
  ],
  [
    'macvlan passthru',
    {},
    { mode: 'passthru' },
    ['network: must be in another mode than passthru, which is alone on its parent interface'],
  ],
  [
    'ipvlan private',
    {},
    { driver: 'ipvlan', flag: 'private' },
    ['network: must have the flag bridge: with private containers reach no other link of their host'],
  ],
  [
    'ipvlan vepa',
    {},
    { driver: 'ipvlan', flag: 'vepa' },
    ['network: must have the flag bridge: with vepa containers reach no other link of their host'],
  ],
  [
    'the name of the parent',
    { interfaceName: 'eth0.50' },
    {},
    ['interfaceName: must differ from the parent interface\'s name, got "eth0.50"'],
  ],
  [
    'a name for a shell',
    { interfaceName: '$(reboot)' },
    {},
    [
      "interfaceName: must be an interface name of letters, digits, '.', '_' and '-', a letter or digit first, got \"$(reboot)\"",
    ],
  ],
  ['no address', { addresses: [] }, {}, ['addresses: must hold at least one address']],
  ['addresses left out', { addresses: undefined }, {}, ['addresses: must be a list, got nothing']],
  [
    'an address with prefix length',
    { addresses: ['192.168.50.250/24'] },
    {},
    ['addresses[0]: must be an IP address, got "192.168.50.250/24" (did you mean 192.168.50.250?)'],
  ],
  [
    'an address of another subnet',
    { addresses: ['192.168.51.250'] },
    {},
    ['addresses[0]: must be an address of 192.168.50.0/24, got "192.168.51.250"'],
  ],
  [
    'a network without subnets',
    {},
    { subnets: [] },
    ['addresses[0]: must be an address of the network, which has no subnet, got "192.168.50.250"'],
  ],
  [
    "the subnet's edge",
    { addresses: ['192.168.50.255'] },
    {},
    ['addresses[0]: must not be the broadcast address of 192.168.50.0/24, got "192.168.50.255"'],
  ],
  [
    'the gateway on ipvlan l2',
    { addresses: ['192.168.50.1'] },
    { driver: 'ipvlan' },
    [
      'addresses[0]: must not be the gateway of 192.168.50.0/24 on ipvlan, which hands packets to other subnets to the parent interface: ' +
        'use macvlan, or mode l3, got "192.168.50.1"',
    ],
  ],
  [
    'an address that Docker may hand out',
    { addresses: ['192.168.50.70'] },
    {},
    [
      'addresses[0]: must be an auxiliary address of 192.168.50.0/24, so that no container gets it, got "192.168.50.70" ' +
        "(did you mean auxiliaryAddresses: { shim: '192.168.50.70' }?)",
    ],
  ],
  [
    'an address twice',
    { addresses: ['192.168.50.250', '192.168.50.250'] },
    {},
    ['addresses[1]: must be given once, got 192.168.50.250 also at addresses[0]'],
  ],
  [
    'no route where there is no IP range',
    {},
    { subnets: [{ ...subnet, ipRange: undefined }] },
    ['routes: must be given, as the addresses of containers, because 192.168.50.0/24 has no IP range'],
  ],
  [
    'no route where the IP range is all of the subnet',
    {},
    { subnets: [{ ...subnet, ipRange: '192.168.50.0/24' }] },
    [
      'routes: must be given, as the addresses of containers, because the IP range 192.168.50.0/24 is all of its subnet',
    ],
  ],
  [
    'no route where the IP range holds the gateway',
    {},
    { subnets: [{ ...subnet, ipRange: '192.168.50.0/25' }] },
    ['routes: must be given, as the addresses of containers, because the IP range 192.168.50.0/25 holds the gateway'],
  ],
  [
    'a route to the complete subnet, which the host reaches over its NIC',
    { routes: ['192.168.50.0/24'] },
    {},
    ['routes[0]: must be a part of 192.168.50.0/24 that only containers have, got "192.168.50.0/24"'],
  ],
  [
    'a route that holds the gateway',
    { routes: ['192.168.50.0/25'] },
    {},
    ['routes[0]: must not hold the gateway 192.168.50.1, got "192.168.50.0/25"'],
  ],
  [
    'a route out of the network',
    { routes: ['192.168.51.0/26'] },
    {},
    ['routes[0]: must lie inside 192.168.50.0/24, got "192.168.51.0/26"'],
  ],
  [
    'a route to where containers would not find back from',
    { routes: ['2001:db8:50::1:0/112'] },
    { subnets: [subnet, subnet6] },
    ['routes[0]: must lie in a subnet that the shim has an address in, got "2001:db8:50::1:0/112"'],
  ],
  [
    'a route twice',
    { routes: ['192.168.50.70', '192.168.50.70/32'] },
    {},
    ['routes[1]: must be given once, got 192.168.50.70/32 also at routes[0]'],
  ],
  [
    'a route with host bits',
    { routes: ['192.168.50.70/26'] },
    {},
    ['routes[0]: must have no host bits set, got "192.168.50.70/26" (did you mean 192.168.50.64/26?)'],
  ],
])('refuses %s', (_, more, network, problems) => expect(check(more, network)).toEqual(problems));

test('refuses what is no network', () => {
  expect(check({ network: 'n1' })).toEqual(['network: must be a network, got "n1"']);
});

test.each<[string, object, object]>([
  ['the addresses', { addresses: notKnown }, {}],
  ['one address', { addresses: [notKnown, '192.168.50.250'] }, {}],
  ['the routes', { routes: notKnown }, {}],
  ['one route', { routes: [notKnown] }, {}],
  ['the subnet of a route', { routes: ['192.168.51.7'] }, { subnets: [subnet, { ...subnet, subnet: notKnown }] }],
  ['a subnet', { addresses: ['192.168.51.250'] }, { subnets: [{ ...subnet, subnet: notKnown }] }],
  ['the IP range', {}, { subnets: [{ ...subnet, ipRange: notKnown }] }],
  ['the auxiliary addresses', {}, { subnets: [{ ...subnet, auxiliaryAddresses: notKnown }] }],
  ['the parent', {}, { parentInterface: notKnown }],
])('%s not known yet: no problem, and no plan', (_, more, network) => {
  expect(check(more, network)).toEqual([]);
  expect(readShim(new Problems(), spec(more, network))).toBeUndefined();
});
