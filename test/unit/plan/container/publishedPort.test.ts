import type { AttachmentSpec } from '../../../../src/plan/container/container';
import { checkAttachments } from '../../../../src/plan/container/container';
import { planContainer } from '../../../../src/plan/container/containerPlan';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { planGivenNetwork } from '../../../../src/plan/network/givenNetwork';
import { nothingRead, planNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const macvlan = (name: string, gateway: string) =>
  planNetwork({
    driver: 'macvlan',
    name,
    parentInterface: 'eth0.50',
    subnets: [{ subnet: '10.0.0.0/24', gateway }],
  });
const vlan = macvlan('vlan50', '10.0.0.1');
const silent = macvlan('silent', 'none');
const given = (driver: string, name: string, internal = false) =>
  planGivenNetwork({
    ...{ name, driver, internal, ipv6: false, options: {} },
    subnets: [{ subnet: '172.30.0.0/24' }],
  });
const bridge = given('bridge', 'edge');
const internal = given('bridge', 'backend', true);
const overlay = given('overlay', 'mesh');
const defaultRoute = true;

const check = (...attachments: AttachmentSpec[]) => lines(checkAttachments({ attachments, ports: [{ internal: 80 }] }));

describe('published ports are taken', () => {
  test.each<[string, AttachmentSpec[]]>([
    ['on a bridge alone', [{ network: bridge }]],
    ['on a bridge that is the only one with a default route', [{ network: silent }, { network: bridge }]],
    ['on a bridge that is chosen', [{ network: vlan }, { network: bridge, defaultRoute }]],
    ['on a bridge that may be chosen', [{ network: vlan }, { network: bridge, defaultRoute: notKnown }]],
    ['beside another bridge that is internal', [{ network: internal }, { network: bridge }]],
    ['on a driver for which Docker adds a bridge', [{ network: silent }, { network: overlay }]],
    ['where a network is not known', [{ network: vlan }, { network: { ...nothingRead } }]],
  ])('%s', (_, attachments) => expect(check(...attachments)).toEqual([]));
});

describe('published ports are refused', () => {
  const only = 'Docker publishes ports only on the bridge network that gives the default route';
  test.each<[string, AttachmentSpec[], string]>([
    [
      'where a VLAN gives the default route',
      [{ network: vlan, defaultRoute }, { network: bridge }],
      `ports: must be left out, or attachments[1].defaultRoute must be true: ${only}`,
    ],
    [
      'on an internal bridge',
      [{ network: vlan }, { network: internal }],
      `ports: must be left out, or the network of attachments[1] must not be internal: ${only}`,
    ],
  ])('%s', (_, attachments, problem) => expect(check(...attachments)).toEqual([problem]));
});

test('a bridge counts in the choice of the default route, by priority or by its name', () => {
  expect(check({ network: vlan }, { network: bridge })[0]).toBe(
    'attachments: must set defaultRoute: true once, because attachments[0] and attachments[1] both offer an IPv4 default route',
  );
  const priorities = (...attachments: AttachmentSpec[]) =>
    planContainer({ attachments }).endpoints.map(({ gatewayPriority }) => gatewayPriority);
  // "edge" comes before "vlan50".
  expect(priorities({ network: vlan }, { network: bridge, defaultRoute })).toEqual([undefined, undefined]);
  expect(priorities({ network: vlan, defaultRoute }, { network: bridge })).toEqual([1, undefined]);
});

test('fixed addresses on a bridge: in its subnet, and not its gateway', () => {
  expect(lines(checkAttachments({ attachments: [{ network: bridge, ipv4Address: '172.30.0.1' }] }))).toEqual([
    'attachments[0].ipv4Address: must not be the gateway of 172.30.0.0/24, got "172.30.0.1"',
  ]);
  expect(
    lines(checkAttachments({ attachments: [{ network: bridge, ipv4Address: '172.31.0.5', ipv6Address: 'fd00::5' }] })),
  ).toEqual([
    'attachments[0].ipv4Address: must be an address of 172.30.0.0/24, got "172.31.0.5"',
    'attachments[0].ipv6Address: must be left out: the network has no IPv6 subnet, got "fd00::5"',
  ]);
});
