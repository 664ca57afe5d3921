import { parseAddress } from '../../../../src/plan/ip/address';
import { isOfProgram } from '../../../../src/plan/layout/programAddress';
import { planHost } from '../../../../src/plan/layout/placement';
import { type PlacedHost, placesOf } from '../../../../src/plan/layout/switchedNetwork';
import { type NetworkPlan, planNetwork } from '../../../../src/plan/network/network';

const lan = (gateway: string, parentInterface = 'eth0.50') =>
  planNetwork({
    driver: 'macvlan',
    name: 'lan',
    parentInterface,
    subnets: [{ subnet: '10.0.0.0/24', gateway, ipRange: '10.0.0.128/25' }],
  });

/** A host with one network, a container on it, and an address of its own. */
function host(
  network: NetworkPlan,
  { own, fixed, site = '' }: { own?: string; fixed?: string; site?: string },
): PlacedHost {
  const plan = planHost([network], fixed === undefined ? [] : [{ attachments: [{ network, ipv4Address: fixed }] }]);
  const address = parseAddress(own ?? '');
  const addresses = address === undefined ? [] : [{ component: 'trunks.t', link: 'eth0.50', address, path: 'x' }];
  const parts = { plan, links: [], own: addresses, uses: [], site, found: undefined, told: [] };
  return { plan, places: placesOf(parts) };
}

const network = lan('10.0.0.1');
const isGiven = (...hosts: PlacedHost[]) => isOfProgram(hosts, network, parseAddress('10.0.0.1')!);

test('an address of the host itself, on the link or a shim', () => {
  expect(isGiven(host(network, { own: '10.0.0.1' }))).toBe(true);
  expect(isGiven(host(network, { own: '10.0.0.2' }))).toBe(false);
});

test('the same of another host on the VLAN, and of no other VLAN or switched network', () => {
  const here = host(network, {});
  expect(isGiven(here, host(lan('none'), { own: '10.0.0.1' }))).toBe(true);
  expect(isGiven(here, host(lan('none'), { own: '10.0.0.1', site: 'elsewhere' }))).toBe(false);
  const besides = host(lan('none', 'eth0.51'), { fixed: '10.0.0.1' });
  expect(isGiven(here, besides)).toBe(false);
});

test('a container of the program that is a router', () => {
  expect(isGiven(host(network, {}), host(lan('none'), { fixed: '10.0.0.1' }))).toBe(true);
  expect(isGiven(host(network, {}), host(lan('none'), { fixed: '10.0.0.3' }))).toBe(false);
});

test('of a network that no host of the program has, nothing is known', () => expect(isGiven()).toBe(false));
