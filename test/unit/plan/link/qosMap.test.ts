import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { type QosDirection, qosEntries, readQosMap } from '../../../../src/plan/link/qosMap';
import { readTrunk, type VlanSpec } from '../../../../src/plan/link/trunk';
import { planWith, problemsWith } from '../../../readWith';
import { lines } from '../text';

const vlan = (more: object) => ({ parentInterface: 'eth0', vlans: [{ vlanId: 5, ...more } as VlanSpec] });
const check = (direction: QosDirection, map: unknown) =>
  lines(problemsWith(readTrunk, vlan({ [`${direction}QosMap`]: map }))).map((line) => line.replace('vlans[0].', ''));

test('the normal form: by priority, without what leads to 0, and none where nothing is left', () => {
  const maps = { egressQosMap: { 6: 5, 0: 0, 4294967295: 7, 1: 1 }, ingressQosMap: { 7: 4294967295, 1: 0 } };
  const [plan] = planWith(readTrunk, vlan(maps)).vlans;
  expect(plan).toMatchObject({ egressQosMap: { 1: 1, 6: 5, 4294967295: 7 }, ingressQosMap: { 7: 4294967295 } });
  expect(qosEntries(plan?.egressQosMap as Record<number, number>)).toEqual([
    ['1', 1],
    ['6', 5],
    ['4294967295', 7],
  ]);
  const [empty] = planWith(readTrunk, vlan({ egressQosMap: {}, ingressQosMap: { 3: 0 } })).vlans;
  expect(empty).not.toHaveProperty('egressQosMap');
  expect(empty).not.toHaveProperty('ingressQosMap');
});

test('values not known yet stay markers', () => {
  expect(check('egress', notKnown)).toEqual([]);
  const [plan] = planWith(readTrunk, vlan({ egressQosMap: notKnown, ingressQosMap: { 5: notKnown } })).vlans;
  expect(plan).toMatchObject({ egressQosMap: notKnown, ingressQosMap: { 5: notKnown } });
});

test('refuses what no kernel takes, each with its path', () => {
  expect(check('egress', { 6: 8, 4294967296: 1, high: 1, '01': 1, '-1': 1, 7: '5', 3: 1.5 })).toEqual([
    'egressQosMap[3]: must be an integer from 0 to 7, got 1.5',
    'egressQosMap[6]: must be an integer from 0 to 7, got 8',
    'egressQosMap[7]: must be an integer from 0 to 7, got "5"',
    'egressQosMap["4294967296"]: must be under a packet\'s priority from 0 to 4294967295',
    "egressQosMap.high: must be under a packet's priority from 0 to 4294967295",
    'egressQosMap["01"]: must be under a packet\'s priority from 0 to 4294967295',
    'egressQosMap["-1"]: must be under a packet\'s priority from 0 to 4294967295',
  ]);
  expect(check('ingress', { 8: 1, 7: 4294967296 })).toEqual([
    'ingressQosMap[7]: must be an integer from 0 to 4294967295, got 4294967296',
    'ingressQosMap["8"]: must be under a PCP from 0 to 7',
  ]);
  expect(check('egress', [5])).toEqual(['egressQosMap: must be an object, got a list']);
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [index, 1]));
  expect(check('egress', many(32))).toEqual([]);
  expect(check('egress', many(33))).toEqual(['egressQosMap: must have at most 32 entries, got 33']);
  expect(problemsWith((problems, value) => readQosMap(problems, value, 'egress'), 'x')).toHaveLength(1);
});
