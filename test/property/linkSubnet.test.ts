import fc from 'fast-check';
import { parseInterfaceAddress } from '../../src/plan/ip/cidr';
import { type DeclaredLink, shimLinks, trunkLinks } from '../../src/plan/layout/declaredLink';
import { checkHostLinks } from '../../src/plan/layout/hostLink';
import { planNetwork } from '../../src/plan/network/network';

/** Few addresses, so that many subnets overlap. */
const address = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.nat(3), fc.constantFrom(22, 23, 24, 25, 32))
      .map(([third, length]) => `10.0.${third}.9/${length}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('fe80::1/64', '2001:db8::1/64', '2001:db8::1/48', '2001:db8::1/128') },
);
const destination = fc.constantFrom(
  '10.0.0.0/21',
  '10.0.0.0/23',
  '10.0.2.0/23',
  '10.0.1.0/24',
  '10.0.3.0/25',
  '10.0.2.9/32',
);
const interfaces = fc.array(
  fc.record({ addresses: fc.array(address, { maxLength: 2 }), routes: fc.array(destination, { maxLength: 1 }) }),
  { minLength: 1, maxLength: 4 },
);

/** A subnet or a route of a link, as the host script reads it. */
interface Row {
  readonly link: string;
  readonly kind: 'address' | 'route';
  readonly block: string;
  /** The parent interface of a shim. */
  readonly beside?: string;
}

function bits(block: string): string {
  const { address: read, block: cidr } = parseInterfaceAddress(block)!;
  return `${read.family}${read.value
    .toString(2)
    .padStart(read.family === 4 ? 32 : 128, '0')
    .slice(0, cidr.prefix)}`;
}
const isSubnet = ({ kind, block }: Row): boolean => kind === 'address' && !/^fe80:|\/32$|\/128$/.test(block);

/** Whether the host script refuses one of the two where the other is there (subnet.awk: check_subnet and check_way; plan.awk: one route). */
function contradicts(one: Row, other: Row): boolean {
  if (one.link === other.link) return false;
  const [a, b] = [bits(one.block), bits(other.block)];
  if (isSubnet(one) && isSubnet(other)) return a.startsWith(b) || b.startsWith(a);
  if (one.kind === 'route' && isSubnet(other)) return a === b || (one.beside !== other.link && a.startsWith(b));
  return one.kind === 'route' && other.kind === 'route' && one.block === other.block;
}

const network = planNetwork({
  driver: 'macvlan',
  parentInterface: 'eth0.1',
  subnets: [{ subnet: '10.0.0.0/23', gateway: 'none', auxiliaryAddresses: { shim: '10.0.0.250' } }],
});

test('the plan refuses subnets and routes if, and only if, the host script would', () => {
  let refused = 0;
  fc.assert(
    fc.property(interfaces, fc.option(fc.constantFrom('10.0.0.0/25', '10.0.1.8')), (list, shimRoute) => {
      const links: DeclaredLink[] = [];
      const rows: Row[] = [];
      list.forEach(({ addresses, routes }, index) => {
        const vlan = {
          vlanId: index + 1,
          addresses,
          routes: routes.map((to) => ({ destination: to, gateway: '10.0.0.1' })),
        };
        links.push(...trunkLinks(`t${index}`, { parentInterface: 'eth0', vlans: [vlan] }));
        const link = `eth0.${index + 1}`;
        rows.push(...addresses.map((block) => ({ link, kind: 'address', block }) as const));
        rows.push(...routes.map((block) => ({ link, kind: 'route', block }) as const));
      });
      if (shimRoute !== null) {
        links.push(...shimLinks('s', { network, addresses: ['10.0.0.250'], routes: [shimRoute] }));
        const block = shimRoute.includes('/') ? shimRoute : `${shimRoute}/32`;
        rows.push({ link: 'eth0.1-shim', kind: 'route', block, beside: 'eth0.1' });
      }
      const isRefused = rows.some((one) => rows.some((other) => contradicts(one, other)));
      refused += isRefused ? 1 : 0;
      expect(checkHostLinks('n1', links).length > 0).toBe(isRefused);
    }),
    { numRuns: 2000 },
  );
  // Neither side of the rule may be rare.
  expect(refused).toBeGreaterThan(300);
  expect(refused).toBeLessThan(1700);
});
