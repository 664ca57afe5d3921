import * as pulumi from '@pulumi/pulumi';
import { knownNow } from '../../../src/components/knownNow';
import { unknown } from '../../../src/plan/argument/known';

class Component {
  readonly inner = pulumi.output(1);
}

test('what is plain stays, what is still to come is marked, however deep', () => {
  const component = new Component();
  expect(
    knownNow({
      plain: 1,
      later: pulumi.output(2),
      soon: Promise.resolve(3),
      list: ['a', pulumi.output('b')],
      none: undefined,
      nothing: null,
    }),
  ).toEqual({ plain: 1, later: unknown, soon: unknown, list: ['a', unknown], none: undefined, nothing: null });
  expect(knownNow({ component })).toEqual({ component });
});
