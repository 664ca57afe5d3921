import { remoteCommand, remoteInput } from '../../../src/host/remoteScript';
import { renderRemovalSpec, renderTrunkSpec } from '../../../src/host/trunkSpec';
import { planTrunk } from '../../../src/plan/trunk';

const owner = { project: 'p', stack: 's', trunk: 't', address: '192.0.2.1' };
const plan = planTrunk({
  parentInterface: 'eth0',
  vlans: [
    { vlanId: 60, mtu: 1400, addresses: ['192.0.2.1/24', '2001:DB8::1/64'] },
    { vlanId: 50, protocol: '802.1ad' },
  ],
});

test('a trunk is one word list a line, VLANs by ID', () => {
  expect(renderTrunkSpec(owner, plan)).toBe(`owner p+s+t+192.0.2.1
parent eth0
vlan eth0.50 50 802.1ad -
vlan eth0.60 60 802.1Q 1400
address eth0.60 192.0.2.1/24
address eth0.60 2001:db8::1/64
`);
});

test('the order of VLANs in the program makes no difference', () => {
  const turned = { ...plan, vlans: [...plan.vlans].reverse() };
  expect(renderTrunkSpec(owner, planTrunk(turned))).toBe(renderTrunkSpec(owner, plan));
});

test('what is removed does not change with MTU or addresses', () => {
  const changed = planTrunk({ parentInterface: 'eth0', vlans: [{ vlanId: 60, mtu: 1300 }] });
  const [, before] = plan.vlans;
  const [after] = changed.vlans;
  expect(before && renderRemovalSpec(owner, 'eth0', before)).toBe(after && renderRemovalSpec(owner, 'eth0', after));
});

test.each([
  ['blanks and shell words', 'a b;$(rm -rf /)', /^owner p\+s\+a%20b%3b%24%28rm%20-rf%20%2f%29\+192\.0\.2\.1$/],
  ['a path', '../../etc', /^owner p\+s\+%2e\.%2f\.\.%2fetc\+/],
  ['a separator', 'a+b', /^owner p\+s\+a%2bb\+/],
  ['letters beyond ASCII', 'größe', /^owner p\+s\+gr%c3%b6%c3%9fe\+/],
  ['more than a file name holds', 'x'.repeat(300), /^owner p\+s\+x{176}\+[0-9a-f]{16}$/],
])('an owner of %s is one word that is a file name', (_, trunk, line) => {
  expect(renderTrunkSpec({ ...owner, trunk }, plan).split('\n')[0]).toMatch(line);
});

test('two long names that differ at their end stay two', () => {
  const [one, two] = ['1', '2'].map((end) => renderTrunkSpec({ ...owner, trunk: 'x'.repeat(300) + end }, plan));
  expect(one).not.toBe(two);
});

test('the command is the same for every spec, and the input begins with the spec', () => {
  expect(remoteCommand('apply', true)).toMatch(/^sudo -n sh -c '[^']+' vlan-trunk apply$/);
  const input = remoteInput(renderTrunkSpec(owner, plan));
  expect(input.split('--\n')[0]).toBe(renderTrunkSpec(owner, plan));
  // Comments would fatten every state; what is left is the script.
  expect(input).toContain('flock -w 60');
  expect(input).not.toMatch(/^\s*#/m);
});
