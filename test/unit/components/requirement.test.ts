import * as pulumi from '@pulumi/pulumi';
import { requirePlainList } from '../../../src/components/componentArgs';
import { Problems } from '../../../src/plan/argument/problem';
import { lines } from '../plan/text';

const check = (list: unknown): string[] => {
  const problems = new Problems('vlans');
  requirePlainList(problems, list);
  return lines(problems.list);
};

test('a list that decides the tree is plain, and so are its items', () => {
  expect(check([{ vlanId: 50, mtu: pulumi.output(1500) }])).toEqual([]);
  expect(check(pulumi.output([]))).toEqual([
    'vlans: must be a plain list, whose items may hold outputs; got an output',
  ]);
  const item = 'must be a plain object, whose properties may hold outputs; got an output';
  expect(check([{}, pulumi.output({}), Promise.resolve({})])).toEqual([`vlans[1]: ${item}`, `vlans[2]: ${item}`]);
});

test.each([undefined, null, 'x', 5, {}])('%p is for the check of the component', (list) =>
  expect(check(list)).toEqual([]),
);
