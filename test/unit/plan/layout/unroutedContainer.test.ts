import { fixedAddressesOn } from '../../../../src/plan/layout/fixedAddress';
import { warnUnroutedContainers } from '../../../../src/plan/layout/unroutedContainer';
import { planHost } from '../../../../src/plan/layout/placement';
import { planNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const subnets = [
  { subnet: '10.0.50.0/24', gateway: '10.0.50.1', ipRange: '10.0.50.64/26' },
  { subnet: '2001:db8:50::/64', gateway: '2001:db8:50::1', ipRange: '2001:db8:50::1:0/112' },
];
const network = planNetwork({ driver: 'macvlan', parentInterface: 'eth0.50', subnets });
const other = planNetwork({
  driver: 'macvlan',
  parentInterface: 'eth0.60',
  subnets: [{ subnet: '10.0.60.0/24', gateway: 'none' }],
});
const container = (ipv4Address: string, on = network, more = {}) => ({
  attachments: [{ network: on, ipv4Address, ...more }],
});
const host = planHost(
  [network, other],
  [
    container('10.0.50.9'),
    container('10.0.50.7', network, { ipv6Address: '2001:db8:50::7' }),
    container('10.0.50.70'),
    container('10.0.50.9'),
    container('10.0.60.7', other),
    { attachments: [{ network }] },
  ],
  { host: 'n1', networks: ['lan', 'other'], containers: ['a', 'b', 'c', 'd', 'e', 'f'] },
);

test('the fixed addresses on a network, each once and in the order of their values', () => {
  expect(fixedAddressesOn(host, network)).toEqual(['10.0.50.7', '10.0.50.9', '10.0.50.70', '2001:db8:50::7']);
  expect(fixedAddressesOn(host, other)).toEqual(['10.0.60.7']);
});

const warn = (...destinations: string[]): string[] =>
  lines(warnUnroutedContainers(host, [{ path: 'shims.own', network, addresses: ['10.0.50.250/32'], destinations }]));
const warning = (address: string, component: string) =>
  `hosts.n1.shims.own.routes: should hold ${address}, the fixed address of hosts.n1.containers.${component}.attachments[0].ipv4Address, which was not known when the shim was planned`;

test('a gateway on a shim leads to all of its subnet', () => {
  const shim = { path: 'shims.own', network, addresses: ['10.0.50.1/24'], destinations: [] };
  expect(lines(warnUnroutedContainers(host, [shim]))).toEqual([]);
});

test('a fixed address that no route covers is a warning, in the subnets in which the shim has an address', () => {
  expect(warn('10.0.50.64/26', '10.0.50.7/32', '10.0.50.9/32')).toEqual([]);
  expect(warn('10.0.50.64/26', '10.0.50.9/32')).toEqual([warning('10.0.50.7', 'b')]);
  expect(warn('10.0.50.0/29')).toEqual([
    warning('10.0.50.9', 'a'),
    warning('10.0.50.70', 'c'),
    warning('10.0.50.9', 'd'),
  ]);
});
