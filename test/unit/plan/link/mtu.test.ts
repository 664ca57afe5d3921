import type { VlanSpec } from '../../../../src/plan/link/trunk';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { checkMtu } from '../../../../src/plan/link/mtu';
import { lines } from '../text';

const vlans: VlanSpec[] = [
  { vlanId: 1 },
  { vlanId: 2, mtu: 1500 },
  { vlanId: 3, mtu: notKnown },
  { vlanId: 4, mtu: 9000 },
];
const check = (parentMtu: number | typeof notKnown): string[] =>
  lines(checkMtu({ parentInterface: 'eth0', vlans }, parentMtu));

test('as large as the parent, or smaller', () => expect(check(9000)).toEqual([]));
test('larger', () =>
  expect(check(1500)).toEqual(["vlans[3].mtu: must be at most 1500, the parent interface's, got 9000"]));
test('the parent not known yet', () => expect(check(notKnown)).toEqual([]));
