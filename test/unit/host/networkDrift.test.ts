import { readExistingNetwork } from '../../../src/host/existingNetwork';
import { networkDrift } from '../../../src/host/networkDrift';
import { planDockerNetwork } from '../../../src/plan/network/dockerNetwork';

const plan = planDockerNetwork({
  driver: 'macvlan',
  name: 'lan',
  parentInterface: 'eth0.50',
  subnets: [
    { subnet: '10.0.0.0/24', gateway: '10.0.0.1', ipRange: '10.0.0.64/26', auxiliaryAddresses: { nas: '10.0.0.70' } },
    { subnet: '2001:db8::/64', gateway: '2001:db8::1' },
  ],
});

const v4 = {
  Subnet: '10.0.0.0/24',
  Gateway: '10.0.0.1',
  IPRange: '10.0.0.64/26',
  AuxiliaryAddresses: { nas: '10.0.0.70' },
};
const v6 = { Subnet: '2001:0db8::/64', Gateway: '2001:db8::0:1/64', IPRange: '' };
const asMade = {
  driver: 'macvlan',
  internal: false,
  ipv6: true,
  options: { parent: 'eth0.50', macvlan_mode: 'bridge' } as Record<string, string>,
  ipam: [v6, v4] as object[],
};
/** As the Engine lists it. */
const network = (changes: Partial<typeof asMade> = {}) => {
  const { driver, internal, ipv6, options, ipam } = { ...asMade, ...changes };
  return readExistingNetwork({
    Id: 'abc',
    Name: 'lan',
    Driver: driver,
    Scope: 'local',
    Internal: internal,
    EnableIPv6: ipv6,
    Options: options,
    Labels: { 'vlan-trunk.owner': 'id-1', 'vlan-trunk.revision': '20261126T101500Z' },
    IPAM: { Driver: 'default', Config: ipam },
  });
};
const drift = (changes?: Partial<typeof asMade>) =>
  networkDrift('lan', plan, network(changes)).map(({ subject, kind, expected, found }) =>
    [subject, kind, expected, found].join('|'),
  );

test('a network that is as it was asked for, however Docker spells it', () => {
  expect(drift()).toEqual([]);
  expect(network()?.detail).toMatchObject({ id: 'abc', revision: '20261126T101500Z' });
});

test('what an Engine adds on its own is no drift', () => {
  const options = { ...asMade.options, 'com.docker.network.driver.mtu': '1400' };
  expect(drift({ options, ipam: [v4, v6, { Subnet: 'fd12::/64', Gateway: 'fd12::1' }] })).toEqual([]);
});

test('no network of that name, or one without an owner', () => {
  const missing = [{ subject: 'network lan', kind: 'network', expected: 'network', found: 'missing' }];
  expect(networkDrift('lan', plan, undefined)).toEqual(missing);
  const foreign = readExistingNetwork({ Id: 'abc', Name: 'lan', Driver: 'macvlan', Scope: 'local', Labels: {} });
  expect(networkDrift('lan', plan, foreign)).toEqual(missing);
});

test.each<[string, Partial<typeof asMade>]>([
  ['network lan|driver|macvlan|ipvlan', { driver: 'ipvlan' }],
  ['network lan|internal|false|true', { internal: true }],
  ['network lan|IPv6|true|false', { ipv6: false }],
  ['network lan|option macvlan_mode|bridge|private', { options: { ...asMade.options, macvlan_mode: 'private' } }],
  ['network lan|option parent|eth0.50|none', { options: { macvlan_mode: 'bridge' } }],
  ['network lan|subnet|10.0.0.0/24|10.0.9.0/24, 2001:0db8::/64', { ipam: [{ ...v4, Subnet: '10.0.9.0/24' }, v6] }],
  ['network lan|gateway|10.0.0.1|10.0.0.2', { ipam: [{ ...v4, Gateway: '10.0.0.2' }, v6] }],
  ['network lan|IP range|10.0.0.64/26|none', { ipam: [{ ...v4, IPRange: '' }, v6] }],
  ['network lan|auxiliary address nas|10.0.0.70|none', { ipam: [{ ...v4, AuxiliaryAddresses: {} }, v6] }],
])('%s', (expected, changes) => expect(drift(changes)).toEqual([expected]));
