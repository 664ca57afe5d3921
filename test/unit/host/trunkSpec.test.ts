import { ownerTag } from '../../../src/host/linkOwner';
import { hostScript, hostScriptName, linkCommand } from '../../../src/host/remoteScript';
import { type GroupRouting, renderOwner, renderShimSpec, renderTrunkSpec } from '../../../src/host/trunkSpec';
import { planNetwork } from '../../../src/plan/network/network';
import { readShim } from '../../../src/plan/shim/shim';
import { readTrunk } from '../../../src/plan/link/trunk';
import { planWith } from '../../readWith';

const owner = { project: 'p', stack: 's', kind: 'trunk' as const, name: 't' };
const plan = planWith(readTrunk, {
  parentInterface: 'eth0',
  vlans: [
    {
      vlanId: 60,
      mtu: 1400,
      addresses: ['192.0.2.1/24', '2001:DB8::1/64'],
      routes: [{ destination: '198.51.100.0/24', gateway: '192.0.2.2' }],
    },
    { vlanId: 50, protocol: '802.1ad' },
  ],
});

test('a trunk is one word list a line, VLANs by ID', () => {
  expect(renderTrunkSpec(owner, plan, { persistence: 'unit' })).toBe(`owner p+s+t
parent eth0
persist unit
vlan eth0.50 50 802.1ad -
sysctl eth0.50 ipv6 accept_ra 0
vlan eth0.60 60 802.1Q 1400
address eth0.60 192.0.2.1/24
address eth0.60 2001:db8::1/64
route eth0.60 198.51.100.0/24 192.0.2.2 -
sysctl eth0.60 ipv6 accept_ra 0
`);
});

test('each entry of a map of priorities is a line', () => {
  const maps = { egressQosMap: { 6: 5, 0: 0, 1: 1 }, ingressQosMap: { 5: 6 } };
  const mapped = planWith(readTrunk, { parentInterface: 'eth0', vlans: [{ vlanId: 60, ...maps }] });
  expect(renderTrunkSpec(owner, mapped, { persistence: 'none' })).toBe(`owner p+s+t
parent eth0
vlan eth0.60 60 802.1Q -
qos eth0.60 egress 1 1
qos eth0.60 egress 6 5
qos eth0.60 ingress 5 6
sysctl eth0.60 ipv6 accept_ra 0
`);
});

test('routing is a line of its own, and between switches forwarding on, of IPv6 where the host has an address', () => {
  const lines = (routing?: GroupRouting) => renderTrunkSpec(owner, plan, { persistence: 'none', routing }).split('\n');
  const unmanaged = lines();
  const added = (rule: GroupRouting['rule'], group = owner) =>
    lines({ rule, group }).filter((line) => !unmanaged.includes(line));
  expect(added('isolated')).toEqual(['routing isolated']);
  expect(added('between')).toEqual([
    'routing between',
    'sysctl eth0.50 ipv4 forwarding 1',
    'sysctl eth0.60 ipv4 forwarding 1',
    'sysctl eth0.60 ipv6 forwarding 1',
    'sysctl eth0.60 ipv6 force_forwarding 1',
  ]);
  expect(added('isolated', { ...owner, name: 'other' })).toEqual(['routing isolated p+s+other']);
});

test('a shim is the same kind of list, in a record of its own', () => {
  const network = planNetwork({
    driver: 'macvlan',
    parentInterface: 'eth0.50',
    subnets: [
      {
        subnet: '192.168.50.0/24',
        gateway: '192.168.50.1',
        ipRange: '192.168.50.64/26',
        auxiliaryAddresses: { shim: '192.168.50.250' },
      },
    ],
  });
  const shim = planWith(readShim, { network, addresses: ['192.168.50.250'] });
  const how = { isParentDeclared: true, persistence: 'unit' as const };
  expect(renderShimSpec({ ...owner, kind: 'shim' }, shim, how)).toBe(`owner p+s+shim+t
parent eth0.50 declared
persist unit
shim eth0.50-shim macvlan bridge
address eth0.50-shim 192.168.50.250/32
route eth0.50-shim 192.168.50.64/26 - 192.168.50.250
sysctl eth0.50-shim ipv4 arp_ignore 1
sysctl eth0.50-shim ipv4 arp_announce 2
sysctl eth0.50-shim ipv4 rp_filter 2
sysctl eth0.50-shim ipv6 accept_ra 0
`);
});

test('the order of VLANs in the program makes no difference', () => {
  const turned = { ...plan, vlans: [...plan.vlans].reverse() };
  expect(renderTrunkSpec(owner, planWith(readTrunk, turned), { persistence: 'unit' })).toBe(
    renderTrunkSpec(owner, plan, { persistence: 'unit' }),
  );
});

test('links that need not come back have the spec that they had before there was persistence', () => {
  const lines = renderTrunkSpec(owner, plan, { persistence: 'unit' }).split('\n');
  expect(renderTrunkSpec(owner, plan, { persistence: 'none' }).split('\n')).toEqual(
    lines.filter((line) => line !== 'persist unit'),
  );
});

test.each([
  ['blanks and shell words', 'a b;$(rm -rf /)', /^owner p\+s\+a%20b%3b%24%28rm%20-rf%20%2f%29$/],
  ['a path', '../../etc', /^owner p\+s\+%2e\.%2f\.\.%2fetc$/],
  ['a separator', 'a+b', /^owner p\+s\+a%2bb$/],
  ['letters beyond ASCII', 'größe', /^owner p\+s\+gr%c3%b6%c3%9fe$/],
  ['more than a file name holds', 'x'.repeat(300), /^owner p\+s\+x{176}\+[0-9a-f]{16}$/],
])('an owner of %s is one word that is a file name', (_, name, line) => {
  expect(renderTrunkSpec({ ...owner, name }, plan, { persistence: 'unit' }).split('\n')[0]).toMatch(line);
});

test('two long names that differ at their end stay two', () => {
  const [one, two] = ['1', '2'].map((end) =>
    renderTrunkSpec({ ...owner, name: 'x'.repeat(300) + end }, plan, { persistence: 'unit' }),
  );
  expect(one).not.toBe(two);
});

test('a removal names its owner alone, and each owner has a tag of its own', () => {
  expect(renderOwner(owner)).toBe('owner p+s+t\n');
  expect(ownerTag(owner)).toMatch(/^[0-9a-f]{8}$/);
  expect(new Set([owner, { ...owner, kind: 'shim' as const }, { ...owner, stack: 't' }].map(ownerTag)).size).toBe(3);
});

test('the command is short and the same for every spec and release', () => {
  const command = linkCommand('apply', true);
  expect(command).toMatch(/^sudo -n sh -c '[^']+' vlan-trunk apply "\$SSH_CONNECTION"$/);
  // Each state holds it, twice a command.
  expect(command.length).toBeLessThan(700);
});

test('the script comes without comments, under a name that is its content', () => {
  expect(hostScript()).toContain('flock -w');
  expect(hostScript()).not.toMatch(/^\s*#/m);
  expect(hostScriptName()).toMatch(/^[0-9a-f]{64}$/);
});
