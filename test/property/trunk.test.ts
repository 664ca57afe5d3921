import fc from 'fast-check';
import type { TrunkSpec } from '../../src/plan/link/trunk';
import { readTrunk } from '../../src/plan/link/trunk';
import { cidrText, garbage, ipv4Text, listOf, withOneUnknown, wreck } from './arbitrary';
import { planWith, problemsWith } from '../readWith';

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
        routes: fc.array(fc.record({ destination: cidrText, gateway: ipv4Text }), { maxLength: 1 }),
        protocol: fc.constantFrom('802.1Q', '802.1ad'),
        egressQosMap: fc.dictionary(fc.nat(20).map(String), fc.nat(7), { maxKeys: 2 }),
        ingressQosMap: fc.dictionary(fc.nat(7).map(String), fc.nat(20), { maxKeys: 2 }),
      },
      { requiredKeys: ['vlanId'] },
    ),
    { maxLength: 4 },
  ),
});
const accepted = spec.filter((trunk) => problemsWith(readTrunk, trunk).length === 0);

test('what is accepted has unique names of at most 15 bytes, none of them the parent', () => {
  fc.assert(
    fc.property(accepted, (trunk) => {
      const names = planWith(readTrunk, trunk).vlans.map(({ interfaceName }) => interfaceName);
      expect(new Set([...names, trunk.parentInterface]).size).toBe(names.length + 1);
      for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(15);
    }),
  );
});

test('a VLAN ID and protocol is there once, and every VLAN declared is in the plan', () => {
  fc.assert(
    fc.property(accepted, (trunk) => {
      const { vlans } = planWith(readTrunk, trunk);
      expect(vlans).toHaveLength(trunk.vlans.length);
      expect(new Set(vlans.map(({ vlanId, protocol }) => `${vlanId} ${protocol}`)).size).toBe(vlans.length);
    }),
  );
});

test('the plan of a plan is the same, and the order of VLANs makes no difference', () => {
  fc.assert(
    fc.property(accepted, (trunk) => {
      const plan = planWith(readTrunk, trunk);
      expect(problemsWith(readTrunk, plan)).toEqual([]);
      expect(planWith(readTrunk, plan)).toEqual(plan);
      expect(planWith(readTrunk, { ...trunk, vlans: [...trunk.vlans].reverse() })).toEqual(plan);
    }),
  );
});

test('a value not known yet, anywhere, is no problem', () => {
  const half = accepted.chain((trunk) => withOneUnknown(trunk));
  fc.assert(
    fc.property(half, (trunk) => {
      expect(problemsWith(readTrunk, trunk as TrunkSpec)).toEqual([]);
      expect(() => planWith(readTrunk, trunk as TrunkSpec)).not.toThrow();
    }),
  );
});

test('garbage is a problem or none, never a crash', () => {
  const vlans = listOf(
    wreck('vlanId', 'interfaceName', 'mtu', 'addresses', 'routes', 'protocol', 'egressQosMap', 'ingressQosMap'),
  );
  const wrecked = fc.record({ parentInterface: garbage, vlans });
  fc.assert(
    fc.property(fc.oneof(garbage, wrecked), (trunk) => Array.isArray(problemsWith(readTrunk, trunk as TrunkSpec))),
  );
});

/** Small numbers, so that gateways hit and miss their subnets, and destinations meet. */
const destinationText = fc.tuple(fc.nat(7), fc.constantFrom(0, 8, 16, 24, 24)).map(([net, prefix]) => {
  const bytes = [10, net, 0, 0].map((byte, index) => (index * 8 < prefix ? byte : 0));
  return `${bytes.join('.')}/${prefix}`;
});
const routedVlan = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }).chain((nets) =>
  fc.record({
    vlanId: fc.integer({ min: 1, max: 3 }),
    addresses: fc.constant(nets.map((net) => `10.${net}.0.1/24`)),
    routes: fc.array(
      fc.record({
        destination: destinationText,
        gateway: fc.tuple(fc.constantFrom(...nets, ...nets, 9), fc.nat(5)).map(([net, last]) => `10.${net}.0.${last}`),
      }),
      { maxLength: 2 },
    ),
  }),
);
const routed: fc.Arbitrary<TrunkSpec> = fc.record({
  parentInterface: fc.constant('eth0'),
  vlans: fc.uniqueArray(routedVlan, { maxLength: 3, selector: ({ vlanId }) => vlanId }),
});

/** By the bytes alone: the first `prefix / 8` are the same. */
const isWithin = (address: string, block: string): boolean => {
  const [first = '', prefix = ''] = block.split('/');
  const count = Number(prefix) / 8;
  const head = (text: string) => text.split('.').slice(0, count).join('.');
  return head(address) === head(first);
};

test('routes that are accepted: a router on the VLAN, no network that the host reaches already, none twice', () => {
  let count = 0;
  fc.assert(
    fc.property(routed, (trunk) => {
      if (problemsWith(readTrunk, trunk).length > 0) return;
      const vlans = planWith(readTrunk, trunk).vlans as {
        addresses: string[];
        routes: { destination: string; gateway: string }[];
      }[];
      const destinations = vlans.flatMap(({ routes }) => routes.map(({ destination }) => destination));
      expect(new Set(destinations).size).toBe(destinations.length);
      for (const { addresses, routes } of vlans) {
        for (const { destination, gateway } of routes) {
          count++;
          expect(addresses.some((own) => isWithin(gateway, own) && !own.startsWith(`${gateway}/`))).toBe(true);
          expect(gateway.endsWith('.0')).toBe(false);
          expect(destination.endsWith('/0')).toBe(false);
          const [to = '', length = ''] = destination.split('/');
          expect(addresses.some((own) => Number(length) >= 24 && isWithin(to, own))).toBe(false);
        }
      }
    }),
    { numRuns: 2000 },
  );
  // A trunk without routes would test nothing.
  expect(count).toBeGreaterThan(100);
});
