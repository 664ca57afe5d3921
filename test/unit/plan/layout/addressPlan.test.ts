import type { AddressPlanArgs } from '../../../../src/plan/layout/addressPlan';
import { checkAddressPlan, planAddresses } from '../../../../src/plan/layout/addressPlan';
import { lines } from '../text';

const ranges = (spec: AddressPlanArgs): string[] =>
  planAddresses(spec).map(({ host, ipRange }) => `${host} ${ipRange}`);
const subnet = '192.168.14.0/24';

test.each<[string, AddressPlanArgs, string[]]>([
  ['one host', { subnet, hosts: ['n1'] }, ['n1 192.168.14.128/25']],
  ['two hosts', { subnet, hosts: ['n1', 'n2'] }, ['n1 192.168.14.64/26', 'n2 192.168.14.128/26']],
  [
    'three hosts: the first two keep theirs',
    { subnet, hosts: ['n1', 'n2', 'n3'] },
    ['n1 192.168.14.64/26', 'n2 192.168.14.128/26', 'n3 192.168.14.192/26'],
  ],
  ['one host of an expected three', { subnet, hosts: ['n1'], hostLimit: 3 }, ['n1 192.168.14.64/26']],
  ['room for more', { subnet, hosts: ['n1', 'n2'], hostLimit: 7 }, ['n1 192.168.14.32/27', 'n2 192.168.14.64/27']],
  [
    'IPv6',
    { subnet: '2001:db8::/64', hosts: ['n1', 'n2'] },
    ['n1 2001:db8:0:0:4000::/66', 'n2 2001:db8:0:0:8000::/66'],
  ],
  ['no host', { subnet, hosts: [] }, []],
])('%s', (_, spec, expected) => expect(ranges(spec)).toEqual(expected));

test('a reserved address goes to the host whose share it lies in', () =>
  expect(planAddresses({ subnet, hosts: ['n1', 'n2'], reserved: ['192.168.14.2', '192.168.14.130'] })).toEqual([
    { host: 'n1', ipRange: '192.168.14.64/26', auxiliaryAddresses: {} },
    { host: 'n2', ipRange: '192.168.14.128/26', auxiliaryAddresses: { 'reserved-192.168.14.130': '192.168.14.130' } },
  ]));

test.each<[object, string]>([
  [
    { subnet: '192.168.14.1/24' },
    'subnet: must have no host bits set, got "192.168.14.1/24" (did you mean 192.168.14.0/24?)',
  ],
  [{ hosts: ['n1', 'n1'] }, 'hosts[1]: must be given once, got "n1" also at hosts[0]'],
  [{ hosts: 'n1' }, 'hosts: must be a list, got "n1"'],
  [{ hosts: [5] }, 'hosts[0]: must be a string, got 5'],
  [{ hosts: ['n1', 'n2'], hostLimit: 1 }, 'hostLimit: must be at least the number of hosts, 2, got 1'],
  [{ hostLimit: 0 }, 'hostLimit: must be an integer from 1 to 65535, got 0'],
  [{ reserved: ['192.168.15.1'] }, 'reserved[0]: must be an address of 192.168.14.0/24, got "192.168.15.1"'],
  [{ reserved: ['x'] }, 'reserved[0]: must be an IP address, got "x"'],
  [{ subnet: '192.168.14.0/32' }, 'subnet: must have room for a share of host "n1", got "192.168.14.0/32"'],
  [{ subnet: '192.168.14.0/31' }, 'subnet: must have room for a share of host "n1", got "192.168.14.0/31"'],
  [
    { subnet: '192.168.14.0/30', reserved: ['192.168.14.2'] },
    'subnet: must have room for a share of host "n1", got "192.168.14.0/30"',
  ],
])('refuses %j', (change, problem) => {
  const spec = { subnet, hosts: ['n1'], ...change } as AddressPlanArgs;
  expect(lines(checkAddressPlan(spec))).toEqual([problem]);
  expect(() => planAddresses(spec)).toThrow(problem);
});
