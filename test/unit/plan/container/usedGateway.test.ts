import { usedGateways } from '../../../../src/plan/container/usedGateway';
import { planGivenNetwork } from '../../../../src/plan/network/givenNetwork';
import { type NetworkSpec, planNetwork } from '../../../../src/plan/network/network';

const subnets = [
  { subnet: '10.0.0.0/24', gateway: '10.0.0.1' },
  { subnet: '10.0.1.0/24', gateway: '10.0.1.1' },
  { subnet: '2001:db8::/64', gateway: '2001:db8::1' },
];
const network = (more: Partial<NetworkSpec> = {}) =>
  planNetwork({ driver: 'macvlan', name: 'lan', parentInterface: 'eth0.50', subnets, ...more });

/** What a container with these addresses on the network asks for. */
const of = (plan: ReturnType<typeof network>, addresses = ['10.0.0.7', '2001:db8::7'], name = 'lan') =>
  usedGateways([plan], [{ network: name, addresses }]).map(({ address }) => address.text);

test('those of the subnets in which it has an address, in each IP version', () => {
  expect(of(network())).toEqual(['10.0.0.1', '2001:db8::1']);
  expect(of(network(), ['10.0.1.7', ''])).toEqual(['10.0.1.1']);
  expect(of(network(), ['', '2001:db8:0::9'])).toEqual(['2001:db8::1']);
});

test.each([
  ['in mode private', network({ mode: 'private' })],
  ['in mode vepa', network({ mode: 'vepa' })],
  ['in mode passthru', network({ mode: 'passthru' })],
  ['of ipvlan', network({ driver: 'ipvlan' })],
])('a network %s has a gateway as any other', (_, plan) => expect(of(plan)).toEqual(['10.0.0.1', '2001:db8::1']));

test.each([
  ['that is internal', network({ internal: true })],
  ['without a parent interface', network({ parentInterface: undefined })],
  ['of ipvlan l3', network({ driver: 'ipvlan', mode: 'l3', subnets: [{ subnet: '10.0.0.0/24' }] })],
  ['of ipvlan l3s', network({ driver: 'ipvlan', mode: 'l3s', subnets: [{ subnet: '10.0.0.0/24' }] })],
  ['that is told to have none', network({ subnets: [{ subnet: '10.0.0.0/24', gateway: 'none' }] })],
  [
    'that is a bridge of Docker',
    planGivenNetwork({ name: 'lan', driver: 'bridge', internal: false, ipv6: false, options: {}, subnets }),
  ],
])('a network %s has none', (_, plan) => expect(of(plan)).toEqual([]));

test('the IP version whose gateway is none is left out', () => {
  const [v4, , v6] = subnets as [(typeof subnets)[0], (typeof subnets)[0], (typeof subnets)[0]];
  expect(of(network({ subnets: [{ ...v4, gateway: 'none' }, v6] }))).toEqual(['2001:db8::1']);
});

test('a macvlan network of another stack, as the Engine has it', () => {
  const found = { name: 'lan', driver: 'macvlan', internal: false, ipv6: true, options: { parent: 'eth0' }, subnets };
  expect(of(planGivenNetwork(found))).toEqual(['10.0.0.1', '2001:db8::1']);
});

test('of a network that the container turns out not to be on, none', () => {
  expect(of(network(), ['10.0.0.7'], 'other')).toEqual([]);
  expect(of(network(), [])).toEqual([]);
});
