import type { NetworkSpec } from '../../../../src/plan/network/network';
import { engine, type EngineVersion } from '../../../../src/plan/network/engineVersion';
import { planDockerNetwork } from '../../../../src/plan/network/dockerNetwork';
import { unknown as notKnown } from '../../../../src/plan/argument/known';

const seed: NetworkSpec = {
  driver: 'macvlan',
  name: 'macvlan50',
  parentInterface: 'eth0.50',
  subnets: [{ subnet: '192.168.14.0/24', gateway: '192.168.14.1' }],
};
const ipvlan: NetworkSpec = { ...seed, driver: 'ipvlan' };
const noGateway = [{ subnet: '192.168.14.0/24', gateway: 'none' }];

test("the seed's macvlan50", () =>
  expect(planDockerNetwork(seed)).toEqual({
    driver: 'macvlan',
    name: 'macvlan50',
    options: { parent: 'eth0.50', macvlan_mode: 'bridge' },
    internal: false,
    ipv6: false,
    ipamConfigs: [{ subnet: '192.168.14.0/24', gateway: '192.168.14.1' }],
    labels: {},
    minimumEngine: engine(26),
  }));

test('all arguments set, in canonical form', () =>
  expect(
    planDockerNetwork({
      driver: 'ipvlan',
      parentInterface: 'eth0',
      mode: 'l2',
      flag: 'vepa',
      labels: { owner: 'net' },
      subnets: [
        {
          subnet: '2001:DB8:0::/64',
          gateway: '2001:DB8:0:0::1',
          ipRange: '2001:db8:0::/80',
          auxiliaryAddresses: { printer: '2001:DB8::9' },
        },
        { subnet: '192.168.14.0/24', gateway: '192.168.14.1' },
      ],
    }),
  ).toEqual({
    driver: 'ipvlan',
    options: { parent: 'eth0', ipvlan_mode: 'l2', ipvlan_flag: 'vepa' },
    internal: false,
    ipv6: true,
    ipamConfigs: [
      {
        subnet: '2001:db8::/64',
        gateway: '2001:db8::1',
        ipRange: '2001:db8::/80',
        auxAddress: { printer: '2001:db8::9' },
      },
      { subnet: '192.168.14.0/24', gateway: '192.168.14.1' },
    ],
    labels: { owner: 'net' },
    minimumEngine: engine(26),
  }));

describe('modes and flags are always written', () => {
  test.each<[NetworkSpec, object]>([
    [seed, { parent: 'eth0.50', macvlan_mode: 'bridge' }],
    [
      { ...seed, mode: 'passthru' },
      { parent: 'eth0.50', macvlan_mode: 'passthru' },
    ],
    [ipvlan, { parent: 'eth0.50', ipvlan_mode: 'l2', ipvlan_flag: 'bridge' }],
  ])('%#', (spec, options) => expect(planDockerNetwork(spec).options).toEqual(options));
});

describe('no default route, the same on every Engine', () => {
  const ipv6 = { subnet: '2001:db8::/64', gateway: 'none' };
  test.each<[string, NetworkSpec, boolean, EngineVersion]>([
    ['a gateway', seed, false, engine(26)],
    ['gateway none', { ...seed, subnets: noGateway }, true, engine(26)],
    ['internal', { ...seed, internal: true }, true, engine(26)],
    ['no parent', { driver: 'ipvlan', subnets: seed.subnets }, true, engine(26)],
    ['l3 has a default route without gateway', { ...ipvlan, mode: 'l3', subnets: noGateway }, false, engine(26)],
    ['IPv4 with and IPv6 without gateway', { ...seed, subnets: [...seed.subnets, ipv6] }, false, engine(29)],
    ['IPv6 alone', { ...seed, subnets: [ipv6] }, true, engine(28)],
    ['no addresses', { ...seed, subnets: [] }, true, engine(28)],
    [
      'a /31 with its router',
      { ...seed, subnets: [{ subnet: '10.0.0.0/31', gateway: '10.0.0.0' }] },
      false,
      engine(26),
    ],
    ['a /31 for two containers', { ...seed, subnets: [{ subnet: '10.0.0.0/31', gateway: 'none' }] }, true, engine(28)],
  ])('%s', (_, spec, internal, minimumEngine) =>
    expect(planDockerNetwork(spec)).toMatchObject({ internal, minimumEngine }),
  );
});

test('no gateway is written where none is declared', () =>
  expect(planDockerNetwork({ ...seed, subnets: noGateway }).ipamConfigs).toEqual([{ subnet: '192.168.14.0/24' }]));

test('without IPv4, an option keeps Docker from adding an IPv4 subnet', () =>
  expect(planDockerNetwork({ ...seed, subnets: [] }).options).toMatchObject({
    'com.docker.network.enable_ipv4': 'false',
  }));

test('an auxiliary address that old Engines would take as gateway is passed as the gateway, which the driver ignores', () => {
  const auxiliaryAddresses = { router: '192.168.14.1', printer: '192.168.14.2' };
  const subnets = [{ subnet: '192.168.14.0/24', gateway: 'none', auxiliaryAddresses }];
  expect(planDockerNetwork({ ...seed, subnets }).ipamConfigs).toEqual([
    { subnet: '192.168.14.0/24', gateway: '192.168.14.1', auxAddress: { printer: '192.168.14.2' } },
  ]);
});

test.each<[string, NetworkSpec, string]>([
  ['a wrong value', { ...seed, name: '-' }, 'network: 1 problem\n  name: must be letters'],
  [
    'a value not known',
    { ...seed, parentInterface: notKnown },
    '  parentInterface: must be known to make a network of it',
  ],
])('throws on %s', (_, spec, message) => expect(() => planDockerNetwork(spec)).toThrow(message));
