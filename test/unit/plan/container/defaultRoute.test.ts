import type { AttachmentSpec } from '../../../../src/plan/container/container';
import type { NetworkPlan, NetworkSpec } from '../../../../src/plan/network/network';
import { checkAttachments } from '../../../../src/plan/container/container';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { planNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const network = (third: number, more: Partial<NetworkSpec> = {}): NetworkPlan =>
  planNetwork({
    driver: 'macvlan',
    parentInterface: `eth0.${third}`,
    subnets: [{ subnet: `10.0.${third}.0/24`, gateway: `10.0.${third}.1` }],
    ...more,
  });
const one = network(1);
const other = network(2);
const internal = network(3, { internal: true });
const noGateway = network(4, { subnets: [{ subnet: '10.0.4.0/24', gateway: 'none' }] });
const routed = network(5, { driver: 'ipvlan', mode: 'l3', subnets: [{ subnet: '10.0.5.0/24' }] });
const ipv6 = network(6, { subnets: [{ subnet: '2001:db8::/64', gateway: '2001:db8::1' }] });
const dual = network(8, {
  subnets: [
    { subnet: '10.0.8.0/24', gateway: '10.0.8.1' },
    { subnet: '2001:db8:8::/64', gateway: '2001:db8:8::1' },
  ],
});
const halfKnown = network(7, { subnets: [{ subnet: '10.0.7.0/24', gateway: notKnown }] });
/** A gateway in one family, none in the other. */
const only4 = network(9, {
  subnets: [
    { subnet: '10.0.9.0/24', gateway: '10.0.9.1' },
    { subnet: '2001:db8:9::/64', gateway: 'none' },
  ],
});
const only6 = network(10, {
  subnets: [
    { subnet: '10.0.10.0/24', gateway: 'none' },
    { subnet: '2001:db8:10::/64', gateway: '2001:db8:10::1' },
  ],
});
const defaultRoute = true;

const check = (...attachments: AttachmentSpec[]): string[] => lines(checkAttachments({ attachments }));

describe('accepts', () => {
  test.each<[string, AttachmentSpec[]]>([
    ['one network that offers one', [{ network: one }]],
    ['one of two that sets it', [{ network: one }, { network: other, defaultRoute }]],
    ['the other one internal', [{ network: one }, { network: internal }]],
    ['the other one without gateway', [{ network: one }, { network: noGateway }]],
    ['one a family', [{ network: one }, { network: ipv6 }]],
    ['perhaps the other one, not known yet', [{ network: one }, { network: halfKnown }]],
    ['set, but not known yet', [{ network: one }, { network: other, defaultRoute: notKnown }]],
    ['set on the only network', [{ network: one, defaultRoute }]],
    ['a network of both families beside one of a single', [{ network: dual, defaultRoute }, { network: one }]],
    ['expressly not', [{ network: one, defaultRoute: false }]],
  ])('%s', (_, attachments) => expect(check(...attachments)).toEqual([]));
});

describe('refuses', () => {
  const several =
    'attachments: must set defaultRoute: true once, because attachments[0] and attachments[1] both offer an';
  test.each<[string, AttachmentSpec[], string]>([
    ['several, none set', [{ network: one }, { network: other }], `${several} IPv4 default route`],
    ['a routed one beside another', [{ network: one }, { network: routed }], `${several} IPv4 default route`],
    [
      'expressly none of several',
      [
        { network: one, defaultRoute: false },
        { network: other, defaultRoute: false },
      ],
      `${several} IPv4 default route`,
    ],
    [
      'two of IPv6',
      [
        { network: ipv6 },
        { network: network(8, { subnets: [{ subnet: '2001:db8:8::/64', gateway: '2001:db8:8::1' }] }) },
      ],
      `${several} IPv6 default route`,
    ],
    [
      'several set',
      [
        { network: one, defaultRoute },
        { network: other, defaultRoute },
      ],
      'attachments[1].defaultRoute: must be true once, as for attachments[0], got true',
    ],
    [
      'one that has none',
      [{ network: internal, defaultRoute }],
      'attachments[0].defaultRoute: must be on a network with a gateway, got true',
    ],
    [
      'a text',
      [{ network: one, defaultRoute: 'yes' as never }],
      'attachments[0].defaultRoute: must be true or false, got "yes"',
    ],
  ])('%s', (_, attachments, problem) => expect(check(...attachments)).toEqual([problem]));
});

describe('a choice of one family beside a network of both', () => {
  test.each<[string, AttachmentSpec[]]>([
    ['set first', [{ network: one, defaultRoute }, { network: dual }]],
    ['set second', [{ network: dual }, { network: ipv6, defaultRoute }]],
  ])('is taken, %s: an Engine that heeds it is for the plan to ask for', (_, attachments) =>
    expect(check(...attachments)).toEqual([]),
  );

  test('is refused where a third one offers the other family too', () =>
    expect(check({ network: one, defaultRoute }, { network: ipv6 }, { network: dual })).toEqual([
      'attachments[0].defaultRoute: must be on attachments[2], because attachments[1] and attachments[2] both offer an IPv6 default route',
    ]));
});

describe('a network with a gateway in one family and none in the other', () => {
  const leaves = (index: number, family: number) =>
    `(attachments[${index}] has an IPv${family} subnet without a gateway, and otherwise leaves the container without an IPv${family} default route)`;

  test.each<[string, AttachmentSpec[]]>([
    ['alone', [{ network: only4 }]],
    ['alone, and set', [{ network: only4, defaultRoute }]],
    ['beside one without a gateway in either family', [{ network: only4 }, { network: noGateway }]],
    ['beside an internal one', [{ network: internal }, { network: only6 }]],
    ['beside one of the first family', [{ network: only4, defaultRoute }, { network: one }]],
    ['beside one of the other family that is chosen', [{ network: only4 }, { network: ipv6, defaultRoute }]],
    ['beside one of both families that is chosen', [{ network: dual, defaultRoute }, { network: only6 }]],
    ['the other one perhaps chosen', [{ network: only4 }, { network: ipv6, defaultRoute: notKnown }]],
    ['the chosen one not known yet', [{ network: only6 }, { network: one }, { network: halfKnown, defaultRoute }]],
  ])('is taken %s', (_, attachments) => expect(check(...attachments)).toEqual([]));

  test.each<[string, AttachmentSpec[], string]>([
    [
      'beside the one gateway of the other family',
      [{ network: only4 }, { network: ipv6 }],
      `attachments[1].defaultRoute: must be true ${leaves(0, 6)}, got nothing`,
    ],
    [
      'beside one that is expressly not chosen',
      [{ network: one, defaultRoute: false }, { network: only6 }],
      `attachments[0].defaultRoute: must be true ${leaves(1, 4)}, got false`,
    ],
    [
      'chosen itself',
      [{ network: ipv6 }, { network: only4, defaultRoute }],
      `attachments[1].defaultRoute: must be on attachments[0] ${leaves(1, 6)}, got true`,
    ],
    [
      'beside a routed one',
      [{ network: routed }, { network: only6, defaultRoute }],
      `attachments[1].defaultRoute: must be on attachments[0] ${leaves(1, 4)}, got true`,
    ],
    [
      'where a third one is chosen',
      [{ network: only4 }, { network: one, defaultRoute }, { network: ipv6 }],
      `attachments[1].defaultRoute: must be on attachments[2] ${leaves(0, 6)}, got true`,
    ],
    [
      'chosen itself beside one of both families, which comes before one of a single',
      [{ network: ipv6 }, { network: only4, defaultRoute }, { network: dual }],
      `attachments[1].defaultRoute: must be on attachments[2] ${leaves(1, 6)}, got true`,
    ],
    [
      'beside its contrary',
      [{ network: internal }, { network: only4, defaultRoute }, { network: only6 }],
      'attachments: must not hold both attachments[1] and attachments[2]: each has a gateway in the family where the other has none, and Docker would give one of the two default routes',
    ],
  ])('is refused %s', (_, attachments, problem) => expect(check(...attachments)).toEqual([problem]));
});
