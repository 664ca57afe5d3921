import { Problems } from '../../../../src/plan/argument/problem';
import { type NetworkSpec, planNetwork } from '../../../../src/plan/network/network';
import {
  type NetworkReference,
  type ParentPlace,
  planReference,
  readReference,
  referTo,
} from '../../../../src/plan/network/networkReference';
import { lines } from '../text';

const where = { host: '192.0.2.1', id: '5e1f', name: 'dmz' };
const taken = [{ address: '10.0.50.7', container: 'web' }];
const vlans = [{ parentInterface: 'eth0', vlanId: 50, protocol: '802.1Q' }];
const refer = (spec: NetworkSpec, place: ParentPlace = { vlans }) => referTo(planNetwork(spec), where, place, taken);
const dmz: NetworkSpec = {
  ...{ driver: 'macvlan', name: 'dmz', parentInterface: 'eth0.50', mode: 'vepa' },
  subnets: [
    {
      ...{ subnet: '10.0.50.0/24', gateway: '10.0.50.1', ipRange: '10.0.50.128/25' },
      auxiliaryAddresses: { shim: '10.0.50.2' },
    },
    { subnet: '2001:db8:50::/64', gateway: 'none' },
  ],
};

test('a reference is plain, and holds what the checks of another stack need', () =>
  expect(refer(dmz, { vlans, physicalNetwork: 'plant' })).toEqual({
    ...where,
    ...{ driver: 'macvlan', mode: 'vepa', internal: false, parentInterface: 'eth0.50' },
    ...{ vlans, physicalNetwork: 'plant' },
    subnets: [
      {
        ...{ subnet: '10.0.50.0/24', gateway: '10.0.50.1', ipRange: '10.0.50.128/25' },
        auxiliaryAddresses: { shim: '10.0.50.2' },
      },
      { subnet: '2001:db8:50::/64', gateway: 'none' },
    ],
    taken,
  }));

test.each<[string, NetworkSpec]>([
  ['macvlan', dmz],
  [
    'ipvlan l3',
    { driver: 'ipvlan', name: 'dmz', parentInterface: 'eth0', mode: 'l3', subnets: [{ subnet: '10.0.0.0/24' }] },
  ],
  ['no parent', { driver: 'ipvlan', name: 'dmz', flag: 'private', subnets: [{ subnet: '10.0.0.0/24' }] }],
  ['no subnets, internal', { driver: 'macvlan', name: 'dmz', internal: true, subnets: [] }],
])('what is read of it is the plan that it was made of: %s', (_, spec) => {
  const text = JSON.stringify(refer(spec));
  const read = planReference(JSON.parse(text));
  expect(read?.plan).toEqual(planNetwork(spec));
  expect(read).toMatchObject({ host: where.host, id: where.id, vlans, taken: [{ container: 'web' }] });
});

describe('what is no reference', () => {
  const problems = (change: object) => {
    const found = new Problems();
    expect(readReference(found, { ...refer(dmz), ...change })).toBeUndefined();
    return lines(found.list);
  };

  test('is refused with the part that is wrong', () => {
    expect(problems({ name: undefined })).toEqual(['name: must be a network name, got nothing']);
    expect(problems({ driver: 'bridge' })).toEqual(['driver: must be one of macvlan, ipvlan, got "bridge"']);
    expect(problems({ id: 5, host: undefined })).toEqual([
      'host: must be a string, got nothing',
      'id: must be a string, got 5',
    ]);
    expect(problems({ vlans: [{ parentInterface: 'eth0', vlanId: 5000, protocol: '802.1Q' }, 1] })).toEqual([
      'vlans[0].vlanId: must be an integer from 1 to 4094, got 5000',
      expect.stringMatching(/^vlans\[1\]: /),
    ]);
    expect(problems({ taken: [{ address: 'x', container: 'web' }, 1] }).map((line) => line.split(':')[0])).toEqual([
      'taken[0].address',
      'taken[1]',
    ]);
    expect(problems({ subnets: [{ subnet: '10.0.50.1/24', gateway: 'none' }] })).toHaveLength(1);
  });

  test('is not taken for one', () => {
    for (const value of [undefined, null, 'dmz', 5, [], {}, { name: 'dmz' }])
      expect(planReference(value)).toBeUndefined();
  });
});

test('what a backend has kept as null is absent', () => {
  const reference: NetworkReference = refer({ driver: 'macvlan', name: 'dmz', subnets: [] });
  expect(planReference({ ...reference, parentInterface: null, physicalNetwork: null, flag: null })).toEqual(
    planReference(reference),
  );
});
