import { readExistingNetwork } from '../../../src/host/existingNetwork';

const docker0 = '["bridge","bridge","local",false,"default","","","",[["172.17.0.0/16",""]]]';

test('docker0 has a subnet and no parent', () => {
  expect(readExistingNetwork(docker0)).toMatchObject({
    name: 'bridge',
    driver: 'bridge',
    owner: '',
    parentInterface: undefined,
    subnets: [{ block: { text: '172.17.0.0/16' }, ipRange: undefined }],
  });
});

test('a macvlan network has its parent, mode, owner and IP ranges; of a subnet as old Engines keep it, host bits are cleared', () => {
  const fact =
    '["a b","macvlan","local",false,"default","id-1","eth0.50","passthru",[["10.0.0.5/24","10.0.0.64/26"],["2001:db8::/64",""]]]';
  expect(readExistingNetwork(fact)).toMatchObject({
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

test.each([
  ['a swarm network', '["ingress","overlay","swarm",false,"default","","","",[["10.0.0.0/24",""]]]'],
  ['a config-only network', '["conf","null","local",true,"default","","eth0","",[["10.0.0.0/24",""]]]'],
  ['a network of another address management', '["x","macvlan","local",false,"dhcp","","","",[["10.0.0.0/24",""]]]'],
])('%s keeps no subnet or parent of others', (_, fact) => {
  expect(readExistingNetwork(fact)).toMatchObject({ parentInterface: undefined, subnets: [] });
});

test.each(['', 'null', '{}', '["x"]', '["x","bridge"', '[1,2,3,4,5,6,7,8,9]'])('%j is no network', (fact) =>
  expect(readExistingNetwork(fact)).toBeUndefined(),
);
