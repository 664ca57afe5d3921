import { Measured, median } from '../../../bench/measured';

const host = { cpu: 1, forks: 10, connections: 1, sessions: 1 };
const subject = { size: 'small', competitor: 'ours', operation: 'up' };

test('the median: the one in the middle, or half way between two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('a figure of a host is the median of all hosts in all runs; what was not measured has none', () => {
  const measured = new Measured();
  measured.add(subject, { seconds: 5, controllerCpu: 1, hosts: [host, { ...host, cpu: 3 }] });
  measured.add(subject, {
    seconds: 7,
    controllerCpu: 1,
    hosts: [
      { ...host, cpu: 5 },
      { ...host, cpu: 7 },
    ],
  });
  expect(measured.median(subject, ({ seconds }) => seconds)).toBe(6);
  expect(measured.perHost(subject, ({ cpu }) => cpu)).toBe(4);
  expect(measured.median({ ...subject, operation: 'noop' }, ({ seconds }) => seconds)).toBeUndefined();
});
