import fc from 'fast-check';
import type { TrunkSpec } from '../../src/plan/trunk';
import { checkTrunk, planTrunk } from '../../src/plan/trunk';
import { cidrText, garbage, listOf, withOneUnknown, wreck } from './arbitrary';

/** Close to right: most are accepted, the rest break one rule or two. */
const spec: fc.Arbitrary<TrunkSpec> = fc.record({
  parentInterface: fc.constantFrom('eth0', 'bond0', 'enx001122334455', 'eth0.100', 'a'),
  vlans: fc.array(
    fc.record(
      {
        vlanId: fc.oneof(fc.integer({ min: 1, max: 4094 }), fc.integer({ min: 1, max: 4 })),
        interfaceName: fc.stringMatching(/^[a-z]{1,3}[0-9]{0,2}$/),
        mtu: fc.integer({ min: 60, max: 9000 }),
        addresses: fc.array(cidrText, { maxLength: 2 }),
        protocol: fc.constantFrom('802.1Q', '802.1ad'),
      },
      { requiredKeys: ['vlanId'] },
    ),
    { maxLength: 4 },
  ),
});
const accepted = spec.filter((trunk) => checkTrunk(trunk).length === 0);

test('what is accepted has unique names of at most 15 bytes, none of them the parent', () => {
  fc.assert(
    fc.property(accepted, (trunk) => {
      const names = planTrunk(trunk).vlans.map(({ interfaceName }) => interfaceName);
      expect(new Set([...names, trunk.parentInterface]).size).toBe(names.length + 1);
      for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(15);
    }),
  );
});

test('a VLAN ID and protocol is there once, and every VLAN declared is in the plan', () => {
  fc.assert(
    fc.property(accepted, (trunk) => {
      const { vlans } = planTrunk(trunk);
      expect(vlans).toHaveLength(trunk.vlans.length);
      expect(new Set(vlans.map(({ vlanId, protocol }) => `${vlanId} ${protocol}`)).size).toBe(vlans.length);
    }),
  );
});

test('the plan of a plan is the same, and the order of VLANs makes no difference', () => {
  fc.assert(
    fc.property(accepted, (trunk) => {
      const plan = planTrunk(trunk);
      expect(checkTrunk(plan)).toEqual([]);
      expect(planTrunk(plan)).toEqual(plan);
      expect(planTrunk({ ...trunk, vlans: [...trunk.vlans].reverse() })).toEqual(plan);
    }),
  );
});

test('a value not known yet, anywhere, is no problem', () => {
  const half = accepted.chain((trunk) => withOneUnknown(trunk));
  fc.assert(
    fc.property(half, (trunk) => {
      expect(checkTrunk(trunk as TrunkSpec)).toEqual([]);
      expect(() => planTrunk(trunk as TrunkSpec)).not.toThrow();
    }),
  );
});

test('garbage is a problem or none, never a crash', () => {
  const vlans = listOf(wreck('vlanId', 'interfaceName', 'mtu', 'addresses', 'protocol'));
  const wrecked = fc.record({ parentInterface: garbage, vlans });
  fc.assert(fc.property(fc.oneof(garbage, wrecked), (trunk) => Array.isArray(checkTrunk(trunk as TrunkSpec))));
});
