import { Problems } from '../../../../src/plan/argument/problem';
import { checkMtu } from '../../../../src/plan/link/mtu';
import { lines } from '../text';

const check = (mtu: number, parentMtu: number): string[] => {
  const problems = new Problems('mtu');
  checkMtu(problems, mtu, parentMtu, "the parent interface's");
  return lines(problems.list);
};

test('as large as the parent, or smaller', () => expect([...check(9000, 9000), ...check(1500, 9000)]).toEqual([]));
test('larger', () =>
  expect(check(9000, 1500)).toEqual(["mtu: must be at most 1500, the parent interface's, got 9000"]));
