import { allLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';
import { restartPolicy } from '../../../../../src/plan/container/passThrough/restart';

const normal = (given: Record<string, unknown>) => restartPolicy.normal(given, allLimits);

test('a policy with its count is two arguments', () => {
  expect(normal({ restart: 'on-failure:3' })).toEqual({ restart: 'on-failure', maxRetryCount: 3 });
  expect(normal({ restart: 'on-failure:3', maxRetryCount: 3 })).toEqual({ restart: 'on-failure', maxRetryCount: 3 });
});

test.each([
  { restart: 'always' },
  { restart: 'on-failure', maxRetryCount: 3 },
  { restart: 'on-failure:3', maxRetryCount: 4 },
  { restart: 'on-failure:' },
  { restart: 'always:3' },
  { maxRetryCount: 0 },
])('%j stays', (given) => {
  expect(normal(given)).toEqual(given);
});
