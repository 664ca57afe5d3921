import { parseCidr } from '../../../../src/plan/ip/cidr';
import { shareOf } from '../../../../src/plan/ip/share';

const share = (subnet: string, hostCount: number, index: number): string | undefined =>
  shareOf(parseCidr(subnet)!, hostCount, index)?.text;

test.each<[string, number, number, string]>([
  ['192.168.14.0/24', 1, 0, '192.168.14.128/25'],
  ['192.168.14.0/24', 2, 1, '192.168.14.128/26'],
  ['192.168.14.0/24', 3, 2, '192.168.14.192/26'],
  ['192.168.14.0/24', 4, 0, '192.168.14.32/27'],
  ['2001:db8::/64', 2, 0, '2001:db8:0:0:4000::/66'],
])('%s for %d hosts, number %d: %s', (subnet, hostCount, index, expected) =>
  expect(share(subnet, hostCount, index)).toBe(expected),
);

test('a subnet without room for a share has none', () => {
  expect(share('192.168.14.0/31', 1, 0)).toBe('192.168.14.1/32');
  expect(share('192.168.14.0/32', 1, 0)).toBeUndefined();
});
