import { type KnownLinks, segmentOf } from '../../../../src/plan/layout/segment';

const vlan = (parentInterface: string, vlanId: number, protocol = '802.1Q') => ({ parentInterface, vlanId, protocol });
const known = ({ declared = {}, found = {}, masters = {} }: Record<string, object> = {}): KnownLinks => ({
  declared: new Map(Object.entries(declared)) as KnownLinks['declared'],
  found: new Map(Object.entries(found)) as KnownLinks['found'],
  masters: new Map(Object.entries(masters)) as KnownLinks['masters'],
});

test.each<[string, string, KnownLinks, string, string]>([
  ['a NIC', 'eth0', known(), 'eth0', 'untagged'],
  ['what Docker makes of a name', 'eth0.50', known(), 'eth0', '802.1Q 50'],
  ['the same twice', 'eth0.100.50', known(), 'eth0', '802.1Q 100/802.1Q 50'],
  ['a name that says nothing, and nobody has looked', 'vlan10', known(), 'vlan10', 'untagged'],
  ['another VLAN than its name says', 'vlan10', known({ found: { vlan10: vlan('eth1', 20) } }), 'eth1', '802.1Q 20'],
  [
    'the same on a VLAN',
    'v',
    known({ found: { v: vlan('w', 20), w: vlan('eth1', 7, '802.1ad') } }),
    'eth1',
    '802.1ad 7/802.1Q 20',
  ],
  [
    'a link that is no VLAN, whatever its name',
    'eth0.50',
    known({ found: { 'eth0.50': undefined as never } }),
    'eth0.50',
    'untagged',
  ],
  [
    'one that the program makes another',
    'plant',
    known({ declared: { plant: vlan('eth0', 60) }, found: { plant: vlan('eth1', 20) } }),
    'eth0',
    '802.1Q 60',
  ],
  [
    'the port of a bridge',
    'eth0.50',
    known({ masters: { eth0: { name: 'br0', kind: 'bridge' } } }),
    'br0',
    '802.1Q 50',
  ],
  [
    'a member of a bond in a bridge',
    'eth0',
    known({ masters: { eth0: { name: 'bond0', kind: 'bond' }, bond0: { name: 'br0', kind: 'bridge' } } }),
    'br0',
    'untagged',
  ],
  ['an interface in a VRF', 'eth0', known({ masters: { eth0: { name: 'red', kind: 'vrf' } } }), 'eth0', 'untagged'],
  [
    'links in a circle',
    'a',
    known({
      found: { a: vlan('b', 1), b: vlan('a', 2) },
      masters: { a: { name: 'b', kind: 'bridge' }, b: { name: 'a', kind: 'bridge' } },
    }),
    'a',
    '802.1Q 2/802.1Q 1',
  ],
])('%s: %s', (_, link, links, nic, name) => {
  expect(segmentOf(link, links)).toEqual({ nic, vlan: name });
});
