import { vlanNamed } from '../../../../src/plan/link/vlanName';

test('a VLAN on a VLAN is named after both, so that one ID below two outer VLANs is two networks', () => {
  const outer = [100, 200].map((id) => vlanNamed('802.1ad', id));
  const inner = outer.map((name) => vlanNamed('802.1Q', 50, name));
  expect(inner).toEqual(['802.1ad 100/802.1Q 50', '802.1ad 200/802.1Q 50']);
  expect(vlanNamed('802.1Q', 50)).toBe('802.1Q 50');
});
