import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { type GivenNetworkSpec, planGivenNetwork } from '../../../../src/plan/network/givenNetwork';

const given = (more: Partial<GivenNetworkSpec>) =>
  planGivenNetwork({
    ...{ name: 'edge', driver: 'bridge', internal: false, ipv6: false, options: {} },
    subnets: [{ subnet: '172.30.0.0/24' }],
    ...more,
  });

test('a bridge has the gateway that Docker chooses: the first address that it may hand out', () => {
  const { subnets, isComplete } = given({
    subnets: [{ subnet: '172.30.0.0/24' }, { subnet: '172.31.0.0/16', ipRange: '172.31.5.0/24' }],
  });
  expect(subnets.map(({ gateway }) => gateway?.text)).toEqual(['172.30.0.1', '172.31.5.0']);
  expect(isComplete).toBe(true);
});

test('what the provider leaves empty at preview is not set', () => {
  const empty = { subnet: '172.30.0.0/24', gateway: '', ipRange: '', auxiliaryAddresses: null };
  expect(given({ subnets: [empty] })).toEqual(given({}));
});

test('what an Engine spells otherwise is read: host bits, a gateway with prefix length, no auxiliary addresses', () => {
  const [subnet] = given({
    subnets: [{ subnet: '172.30.0.5/24', ipRange: '172.30.0.70/26', gateway: '172.30.0.9/24' }],
  }).subnets;
  expect(subnet).toMatchObject({
    block: { text: '172.30.0.0/24' },
    ipRange: { text: '172.30.0.64/26' },
    gateway: { text: '172.30.0.9' },
  });
});

describe('default routes', () => {
  test.each<[string, Partial<GivenNetworkSpec>, number[]]>([
    ['of a bridge', {}, [4]],
    ['of a bridge with both families', { subnets: [{ subnet: '10.0.0.0/24' }, { subnet: '2001:db8::/64' }] }, [4, 6]],
    ['of one whose subnet Docker chooses', { subnets: [] }, [4]],
    ['of one with IPv6 whose subnets Docker chooses', { subnets: notKnown, ipv6: true }, [4, 6]],
    [
      'of one without IPv4',
      { options: { 'com.docker.network.enable_ipv4': 'false' }, subnets: notKnown, ipv6: true },
      [6],
    ],
    ['of an internal one', { internal: true }, []],
    ['of an overlay', { driver: 'overlay' }, []],
  ])('%s', (_, more, families) => expect(given(more).ordinary?.defaultRoutes).toEqual(families));
});

test('a subnet that is not known leaves the plan incomplete, and its driver known', () =>
  expect(given({ subnets: [{ subnet: notKnown }] })).toMatchObject({
    isComplete: false,
    hasAllSubnets: false,
    subnets: [],
    ordinary: { driver: 'bridge' },
  }));

test('a macvlan or ipvlan network is one like those of this package', () => {
  const parent = { parent: 'eth0.50' };
  const macvlan = given({ driver: 'macvlan', options: { ...parent, macvlan_mode: 'vepa' } });
  expect(macvlan).toMatchObject({ driver: 'macvlan', mode: 'vepa', parentInterface: 'eth0.50', hasParent: true });
  expect(macvlan.ordinary).toBeUndefined();
  expect(macvlan.subnets[0]?.gateway).toBeUndefined();
  const ipvlan = given({ driver: 'ipvlan', options: { ...parent, ipvlan_mode: 'l3' } });
  expect(ipvlan).toMatchObject({ driver: 'ipvlan', mode: 'l3', flag: 'bridge' });
  expect(given({ driver: 'macvlan' })).toMatchObject({ mode: 'bridge', hasParent: false });
});
