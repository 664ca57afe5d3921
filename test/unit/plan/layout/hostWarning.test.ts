import type { ContainerSpec } from '../../../../src/plan/container/container';
import type { SubnetSpec } from '../../../../src/plan/network/subnet';
import { parseAddress } from '../../../../src/plan/ip/address';
import { parseCidr } from '../../../../src/plan/ip/cidr';
import { largestFree, warnHostNetworks } from '../../../../src/plan/layout/hostWarning';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { planNetwork } from '../../../../src/plan/network/network';
import { planHost } from '../../../../src/plan/layout/placement';
import { lines } from '../text';

const warn = (subnets: SubnetSpec[], ...fixed: (string | undefined)[]): string[] => {
  const network = planNetwork({ driver: 'macvlan', parentInterface: 'eth0', subnets });
  const containers: ContainerSpec[] = fixed.map((ipv4Address) => ({
    attachments: [{ network, ...(ipv4Address === undefined ? {} : { ipv4Address }) }],
  }));
  return lines(warnHostNetworks(planHost([network], containers)));
};
const subnet = { subnet: '10.0.0.0/24', gateway: '10.0.0.1' };
const path = 'networks[0].subnets[0].ipRange: should leave out the fixed';

test.each<[string, SubnetSpec, (string | undefined)[], string[]]>([
  ['all fixed', subnet, ['10.0.0.5', '10.0.0.6'], []],
  ['none fixed', subnet, [undefined, undefined], []],
  ['a range not known yet', { ...subnet, ipRange: notKnown }, ['10.0.0.5', undefined], []],
  ['fixed outside the range', { ...subnet, ipRange: '10.0.0.128/25' }, ['10.0.0.5', undefined], []],
  [
    'fixed inside the subnet',
    subnet,
    ['10.0.0.5', undefined],
    [
      `${path} 10.0.0.5 (containers[0].attachments[0].ipv4Address), which Docker may hand out first, got "10.0.0.0/24" (did you mean 10.0.0.128/25?)`,
    ],
  ],
  [
    'fixed inside the range',
    { ...subnet, ipRange: '10.0.0.0/25' },
    ['10.0.0.5', '10.0.0.200', undefined],
    [
      `${path} 10.0.0.5 (containers[0].attachments[0].ipv4Address), which Docker may hand out first, got "10.0.0.0/25" (did you mean 10.0.0.64/26?)`,
    ],
  ],
])('%s', (_, spec, fixed, warnings) => expect(warn([spec], ...fixed)).toEqual(warnings));

test('many are counted', () =>
  expect(warn([subnet], '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', undefined)[0]).toContain(
    '10.0.0.4 (containers[2].attachments[0].ipv4Address) and 1 more, which',
  ));

test('only the subnet that Docker hands out first', () =>
  expect(warn([subnet, { subnet: '10.0.1.0/24', gateway: '10.0.1.1' }], '10.0.1.5', undefined)).toEqual([]));

test.each([
  ['10.0.0.0/24', [], '10.0.0.0/24'],
  ['10.0.0.0/24', ['10.0.0.200'], '10.0.0.0/25'],
  ['10.0.0.0/24', ['10.0.0.5', '10.0.0.250'], '10.0.0.128/26'],
  ['10.0.0.0/31', ['10.0.0.0'], '10.0.0.1/32'],
  ['10.0.0.0/31', ['10.0.0.0', '10.0.0.1'], undefined],
  ['2001:db8::/64', ['2001:db8::5'], '2001:db8:0:0:8000::/65'],
])('the largest part of %s without %j is %s', (block, fixed, free) =>
  expect(
    largestFree(
      parseCidr(block)!,
      fixed.map((text) => parseAddress(text)!.value),
    )?.text,
  ).toBe(free),
);
