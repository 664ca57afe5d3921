import { readExistingNetwork } from '../../../src/host/existingNetwork';

/** As the Engine lists one, without what is not read. */
const listed = (change: object, ...config: object[]) => ({
  Scope: 'local',
  ConfigOnly: false,
  Options: null,
  Labels: null,
  IPAM: { Driver: 'default', Config: config },
  ...change,
});

test('docker0 has a subnet and no parent', () => {
  const docker0 = listed({ Name: 'bridge', Driver: 'bridge' }, { Subnet: '172.17.0.0/16', Gateway: '172.17.0.1' });
  expect(readExistingNetwork(docker0)).toMatchObject({
    name: 'bridge',
    driver: 'bridge',
    owner: '',
    parentInterface: undefined,
    subnets: [{ block: { text: '172.17.0.0/16' }, ipRange: undefined }],
  });
});

test('a macvlan network has its parent, mode, owner and IP ranges; of a subnet as old Engines keep it, host bits are cleared', () => {
  const network = listed(
    {
      Name: 'a b',
      Driver: 'macvlan',
      Labels: { 'vlan-trunk.owner': 'id-1' },
      Options: { parent: 'eth0.50', macvlan_mode: 'passthru' },
    },
    { Subnet: '10.0.0.5/24', IPRange: '10.0.0.64/26' },
    { Subnet: '2001:db8::/64' },
  );
  expect(readExistingNetwork(network)).toMatchObject({
    name: 'a b',
    owner: 'id-1',
    parentInterface: 'eth0.50',
    mode: 'passthru',
    subnets: [
      { block: { text: '10.0.0.0/24' }, ipRange: { text: '10.0.0.64/26' } },
      { block: { text: '2001:db8::/64' }, ipRange: undefined },
    ],
  });
});

test.each<[string, object]>([
  ['a swarm network', { Name: 'ingress', Driver: 'overlay', Scope: 'swarm' }],
  ['a config-only network', { Name: 'conf', Driver: 'null', ConfigOnly: true, Options: { parent: 'eth0' } }],
  [
    'a network of another address management',
    { Name: 'x', Driver: 'macvlan', IPAM: { Driver: 'dhcp', Config: [{ Subnet: '10.0.0.0/24' }] } },
  ],
])('%s keeps no subnet or parent of others', (_, change) => {
  expect(readExistingNetwork(listed(change, { Subnet: '10.0.0.0/24' }))).toMatchObject({
    parentInterface: undefined,
    subnets: [],
  });
});

test('a network whose subnets are not listed has none', () => {
  expect(
    readExistingNetwork(listed({ Name: 'host', Driver: 'host', IPAM: { Driver: 'default', Config: null } })),
  ).toMatchObject({
    subnets: [],
  });
});

test.each([undefined, null, 'x', [], {}, { Name: 'x' }, { Driver: 'bridge' }])('%j is no network', (value) =>
  expect(readExistingNetwork(value)).toBeUndefined(),
);
