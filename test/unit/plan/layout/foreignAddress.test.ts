import { parseAddress } from '../../../../src/plan/ip/address';
import type { ContainerSpec } from '../../../../src/plan/container/container';
import { type ForeignAddress, ForeignAddresses } from '../../../../src/plan/layout/foreignAddress';
import { checkHostNetworks } from '../../../../src/plan/layout/hostNetwork';
import { warnHostNetworks } from '../../../../src/plan/layout/hostWarning';
import { type HostPlan, planHost } from '../../../../src/plan/layout/placement';
import { type NetworkPlan, type NetworkSpec, planNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const network = (more: Partial<NetworkSpec> = {}): NetworkPlan =>
  planNetwork({
    ...{ name: 'lan', driver: 'macvlan', parentInterface: 'eth0' },
    subnets: [{ subnet: '10.0.0.0/29', gateway: '10.0.0.1' }],
    ...more,
  });
const lan = network();

/** An address of another stack's container, on the network of the tests unless set otherwise. */
const held = (text: string, more: Partial<ForeignAddress> = {}): ForeignAddress => {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(text);
  const container = `c${text.slice(-1)}`;
  const holder = `container ${container}`;
  return { address, container, holder, network: 'lan', pools: ['10.0.0.0/29'], isHeld: true, ...more };
};

const host = (foreign: ForeignAddress[], fixed: (string | undefined)[], plan = lan): HostPlan => {
  const containers: ContainerSpec[] = fixed.map((ipv4Address) => ({
    attachments: [{ network: plan, ...(ipv4Address !== undefined && { ipv4Address }) }],
  }));
  return planHost([plan], containers, undefined, new ForeignAddresses(foreign));
};
const check = (...args: Parameters<typeof host>) => lines(checkHostNetworks(host(...args)));
const warn = (...args: Parameters<typeof host>) => lines(warnHostNetworks(host(...args)));

describe('a fixed address', () => {
  const path = 'containers[0].attachments[0].ipv4Address';
  const refused = [`${path}: must not be that of the container c5, got "10.0.0.5"`];

  test('that a container of others has is refused, with its name', () => {
    expect(check([held('10.0.0.5')], ['10.0.0.5'])).toEqual(refused);
    expect(check([held('10.0.0.5')], ['10.0.0.4'])).toEqual([]);
  });

  test('on another network with the same subnet is the same address, in another subnet it is not', () => {
    expect(check([held('10.0.0.5', { network: 'other' })], ['10.0.0.5'])).toEqual(refused);
    expect(check([held('10.0.0.5', { network: 'other', pools: ['10.0.0.0/24'] })], ['10.0.0.5'])).toEqual([]);
    // A driver with address management of its own.
    expect(check([held('10.0.0.5', { pools: [] })], ['10.0.0.5'])).toEqual(refused);
  });

  test('that a stopped container of others is to have is a warning', () => {
    const stopped = held('10.0.0.5', { isHeld: false });
    expect(check([stopped], ['10.0.0.5'])).toEqual([]);
    expect(warn([stopped], ['10.0.0.5'])).toEqual([
      `${path}: should not be that of the container c5: it cannot start while another one has it, got "10.0.0.5"`,
    ]);
    expect(check([stopped, held('10.0.0.5')], ['10.0.0.5'])).toEqual(refused);
    expect(warn([stopped, held('10.0.0.5')], ['10.0.0.5'])).toEqual([]);
  });
});

describe('room', () => {
  // 10.0.0.2 to .6 are left.
  const others = ['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'].map((text) => held(text));
  const path = 'networks[0].subnets: must have an IPv4 address for each of 2 containers without a fixed one';

  test('what others have is not left to hand out', () => {
    expect(check(others, [undefined])).toEqual([]);
    expect(check(others, [undefined, undefined])).toEqual([
      `${path}, got 1 to hand out beside those of c2, c3, c4 and 1 more`,
    ]);
    expect(check(others.slice(0, 3), [undefined, undefined])).toEqual([]);
  });

  test('what a stopped one is to have, is', () =>
    expect(
      check(
        others.map((one) => ({ ...one, isHeld: false })),
        [undefined, undefined],
      ),
    ).toEqual([]));

  test('an address that two know of counts once', () =>
    expect(check([...others.slice(0, 3), held('10.0.0.2')], [undefined, undefined])).toEqual([]));

  test('a passthru network has one container, whoever made it', () => {
    const passthru = network({ mode: 'passthru' });
    expect(check([held('10.0.0.5')], ['10.0.0.4'], passthru)).toEqual([
      'networks[0]: must have one container, because its mode is passthru, got 2, with c5 of others',
    ]);
    expect(check([held('10.0.0.5', { network: 'other' })], ['10.0.0.4'], passthru)).toEqual([]);
  });
});
