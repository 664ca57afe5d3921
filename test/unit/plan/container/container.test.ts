import type { AttachmentSpec, ContainerSpec } from '../../../../src/plan/container/container';
import { checkAttachments } from '../../../../src/plan/container/container';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { planNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const aux = { auxiliaryAddresses: { printer: '192.168.14.9' } };
const network = planNetwork({
  driver: 'macvlan',
  name: 'macvlan50',
  parentInterface: 'eth0.50',
  subnets: [
    { subnet: '192.168.14.0/24', gateway: '192.168.14.1', ...aux },
    { subnet: '2001:db8::/64', gateway: '2001:db8::1' },
  ],
});
const other = planNetwork({ driver: 'ipvlan', name: 'other', subnets: [{ subnet: '10.0.0.0/24', gateway: 'none' }] });
const pointToPoint = planNetwork({ driver: 'macvlan', internal: true, subnets: [{ subnet: '10.0.0.0/31' }] });
const half = planNetwork({ driver: 'macvlan', subnets: [{ subnet: '10.0.0.0/24' }, { subnet: notKnown }] });

const ranged = planNetwork({
  driver: 'macvlan',
  subnets: [{ subnet: '10.0.0.0/24', gateway: 'none', ipRange: '10.0.0.64/26' }],
});
const onlyIpv6 = planNetwork({ driver: 'macvlan', subnets: [{ subnet: '2001:db8::/64', gateway: 'none' }] });

const check = (...attachments: unknown[]): string[] =>
  lines(checkAttachments({ attachments: attachments as AttachmentSpec[] }));

describe('accepts', () => {
  test.each<[string, unknown[]]>([
    ['an address handed out', [{ network }]],
    ['fixed addresses', [{ network, ipv4Address: '192.168.14.11', ipv6Address: '2001:DB8::11' }]],
    ['two networks', [{ network }, { network: other, ipv4Address: '10.0.0.2' }]],
    ['both ends of a /31', [{ network: pointToPoint, ipv4Address: '10.0.0.0' }]],
    ['the first address where only later Engines will do', [{ network: onlyIpv6, ipv6Address: '2001:db8::1' }]],
    ['aliases', [{ network, aliases: ['db', 'db.example', 'db_1'] }]],
    ['an address perhaps in a subnet not known yet', [{ network: half, ipv4Address: '10.1.0.5' }]],
    ['values not known yet', [{ network, ipv4Address: notKnown, aliases: [notKnown], macAddress: notKnown }]],
  ])('%s', (_, attachments) => expect(check(...attachments)).toEqual([]));
});

describe('refuses', () => {
  test.each<[object, string]>([
    [{ ipv4Address: '192.168.15.5' }, 'ipv4Address: must be an address of 192.168.14.0/24, got "192.168.15.5"'],
    [
      { ipv4Address: '192.168.14.5/24' },
      'ipv4Address: must be an IP address, got "192.168.14.5/24" (did you mean 192.168.14.5?)',
    ],
    [{ ipv4Address: '2001:db8::5' }, 'ipv4Address: must be an IPv4 address, got "2001:db8::5"'],
    [{ ipv6Address: '192.168.14.5' }, 'ipv6Address: must be an IPv6 address, got "192.168.14.5"'],
    [
      { ipv4Address: '192.168.14.0' },
      'ipv4Address: must not be the network address of 192.168.14.0/24, got "192.168.14.0"',
    ],
    [
      { ipv4Address: '192.168.14.255' },
      'ipv4Address: must not be the broadcast address of 192.168.14.0/24, got "192.168.14.255"',
    ],
    [{ ipv4Address: '192.168.14.1' }, 'ipv4Address: must not be the gateway of 192.168.14.0/24, got "192.168.14.1"'],
    [
      { ipv4Address: '192.168.14.9' },
      'ipv4Address: must not be the auxiliary address "printer" of 192.168.14.0/24, got "192.168.14.9"',
    ],
    [
      { ipv6Address: '2001:db8::' },
      'ipv6Address: must not be the subnet-router anycast address of 2001:db8::/64, got "2001:db8::"',
    ],
    [
      { network: other, ipv6Address: '2001:db8::5' },
      'ipv6Address: must be left out: the network has no IPv6 subnet, got "2001:db8::5"',
    ],
    [
      { network: other, ipv4Address: '10.0.0.1' },
      'ipv4Address: must not be the address that Engines up to 27 hold back of 10.0.0.0/24, got "10.0.0.1"',
    ],
    [
      { network: ranged, ipv4Address: '10.0.0.64' },
      'ipv4Address: must not be the address that Engines up to 27 hold back of 10.0.0.0/24, got "10.0.0.64"',
    ],
    [{ aliases: ['-x'] }, "aliases[0]: must be a name of letters, digits, '-', '_' and '.', got \"-x\""],
    [{ ipv4Address: 5 }, 'ipv4Address: must be an IP address, got 5'],
    [{ network: {} }, 'network: must be a network, got an object'],
  ])('%j', (attachment, problem) => expect(check({ network, ...attachment })).toEqual([`attachments[0].${problem}`]));

  test('a network twice, also by its name', () => {
    const again = { ...network };
    expect(check({ network }, { network }, { network: again })).toEqual([
      'attachments[1].network: must be given once, got it also at attachments[0].network',
      'attachments[2].network: must be given once, got it also at attachments[0].network',
    ]);
  });

  test('no network', () =>
    expect(check()).toEqual(['attachments: must hold at least one network, or networkOf must be given']));
});

describe('the name', () => {
  const attachments = [{ network }];
  test.each(['web', 'w1', 'Web_1.a-b', '0a', notKnown])('%p is taken', (name) =>
    expect(checkAttachments({ attachments, name: name as string })).toEqual([]),
  );
  test.each(['c', '', '-web', '.web', '/web', 'w b', 'wéb', 'web\n', 5 as never, null as never])(
    '%j is refused',
    (name) =>
      expect(lines(checkAttachments({ attachments, name }))).toEqual([
        `name: must be at least two letters, digits, '_', '.' and '-', a letter or digit first, got ${JSON.stringify(name)}`,
      ]),
  );
});

describe('published ports', () => {
  const attachments = [{ network }];
  const ports = [{ internal: 80 }];
  test('are refused where every network is macvlan or ipvlan', () =>
    expect(checkAttachments({ attachments, ports }).map(({ path }) => path)).toEqual(['ports']));
  test.each<ContainerSpec>([
    { attachments, ports: [] },
    { attachments, ports: notKnown },
  ])('are left alone otherwise: %#', (spec) => expect(checkAttachments(spec)).toEqual([]));
});
