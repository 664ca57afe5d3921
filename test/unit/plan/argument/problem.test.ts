import { formatProblems, Problems } from '../../../../src/plan/argument/problem';
import { show } from '../../../../src/plan/argument/show';
import { lines } from '../text';

test('a problem has its path, what was expected, what was found and the fix', () => {
  const problems = new Problems();
  problems.at('vlans').at(1).at('vlanId').add('must be an integer from 1 to 4094', 5000);
  problems.at('labels').at('a-b').add('must be a string', undefined, '"x"');
  problems.add('must be an object', null);
  expect(lines(problems.list)).toEqual([
    'vlans[1].vlanId: must be an integer from 1 to 4094, got 5000',
    'labels["a-b"]: must be a string, got nothing (did you mean "x"?)',
    ': must be an object, got null',
  ]);
  expect(formatProblems('VlanTrunk t', problems.list)).toBe(
    'VlanTrunk t: 3 problems\n' +
      '  vlans[1].vlanId: must be an integer from 1 to 4094, got 5000\n' +
      '  labels["a-b"]: must be a string, got nothing (did you mean "x"?)\n' +
      '  must be an object, got null',
  );
});

test.each([
  ['50', '"50"'],
  ['a\n"b"', '"a\\n\\"b\\""'],
  ['x'.repeat(61), `"${'x'.repeat(60)}…"`],
  [NaN, 'NaN'],
  [10n, '10n'],
  [null, 'null'],
  [undefined, 'nothing'],
  [[1], 'a list'],
  [Object.create(null), 'an object'],
  [Symbol('s'), 'a symbol'],
  [() => 1, 'a function'],
])('shows %p', (value, text) => expect(show(value)).toBe(text));
