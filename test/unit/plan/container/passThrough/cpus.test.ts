import { cpus, normalCpus } from '../../../../../src/plan/container/passThrough/cpus';
import { allLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';

test.each([
  ['1', '1.0'],
  ['1.0', '1.0'],
  ['1.', '1.0'],
  ['01', '1.0'],
  ['+2', '2.0'],
  ['.5', '0.5'],
  ['0.50', '0.5'],
  ['1.500', '1.5'],
  ['0.25', '0.25'],
  ['0.125', '0.125'],
  ['10', '10.'],
  ['10.', '10.'],
  ['10.0', '10.'],
  ['100', '100.'],
  ['10.5', '10.5'],
  ['11', '11.0'],
  ['0', '0'],
  ['0.0', '0'],
])('%s is %s', (given, expected) => {
  expect(normalCpus(given)).toBe(expected);
});

test.each(['0.05', '0.01', '0.005'])('%s has no spelling that the provider reads back', (given) => {
  expect(normalCpus(given)).toBe(given);
});

test.each(['', 'two', '-1', '0.0000000001'])("%j is the provider's to refuse", (given) => {
  expect(normalCpus(given)).toBe(given);
});

test('a number is written as a text', () => {
  expect(cpus.normal({ cpus: 2 }, allLimits)).toEqual({ cpus: '2.0' });
});
