import * as pulumi from '@pulumi/pulumi';
import { Host, IpvlanNetwork, MacvlanNetwork, VlanInterface, VlanTrunk } from 'vlan-trunk';
import { declaredAs, recordDeclarations } from './declare';

recordDeclarations();

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const host = new Host('n1', { address: '192.0.2.1', hostKey, preflight: false });
const lan = new VlanTrunk('lan', { host, parentInterface: 'eth0', vlans: [{ vlanId: 50 }], physicalNetwork: 'lan' });
const [physicalNetwork, subnets] = ['machine', []];

test('it is an input of the component, for the diff, and of nothing that is made', async () => {
  new VlanInterface('cable', { host, parentInterface: 'eth1', vlanId: 7, physicalNetwork });
  expect((await declaredAs('lan')).inputs).toMatchObject({ physicalNetwork: 'lan' });
  expect((await declaredAs('cable')).inputs).toEqual({});
  expect(JSON.stringify((await declaredAs('cable-links')).inputs)).not.toContain(physicalNetwork);
});

test.each<[string, () => unknown, string]>([
  [
    'on the VLAN of a trunk',
    () => new MacvlanNetwork('a', { parentInterface: lan.vlan(50), subnets, physicalNetwork }),
    'must be left out: that of the trunk holds, got "machine"',
  ],
  [
    'without a parent',
    () => new IpvlanNetwork('b', { host, subnets, physicalNetwork }),
    'must be left out: the network has no parent interface, got "machine"',
  ],
  [
    'of a trunk on the VLAN of another one',
    () => new VlanTrunk('c', { host, parentInterface: lan.vlan(50), vlans: [], physicalNetwork }),
    'must be left out: that of the outer VLAN holds, got "machine"',
  ],
  [
    'that is no text',
    () => new VlanTrunk('d', { host, parentInterface: 'eth1', vlans: [], physicalNetwork: 7 as never }),
    'must be a string, got 7',
  ],
  [
    'that is an output',
    () =>
      new MacvlanNetwork('e', {
        host,
        parentInterface: 'eth1',
        subnets,
        physicalNetwork: pulumi.output('x') as never,
      }),
    'must be a plain value, got an output',
  ],
])('one %s is refused', (_, make, problem) => expect(make).toThrow(`physicalNetwork: ${problem}`));
