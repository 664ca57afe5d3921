import { healthcheck } from '../../../../../src/plan/container/passThrough/healthcheck';
import { allLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';

const normal = (given: unknown) => healthcheck.normal({ healthcheck: given }, allLimits).healthcheck;

test('all four durations are written as Go does, the rest stays', () => {
  expect(
    normal({
      tests: ['CMD', 'true'],
      interval: '60s',
      timeout: '1500ms',
      startPeriod: '2h',
      startInterval: '.5s',
      retries: 3,
    }),
  ).toEqual({
    tests: ['CMD', 'true'],
    interval: '1m0s',
    timeout: '1.5s',
    startPeriod: '2h0m0s',
    startInterval: '500ms',
    retries: 3,
  });
});

test('what is not given is not added', () => {
  expect(normal({ tests: ['NONE'] })).toEqual({ tests: ['NONE'] });
});

test("what is no health check is the provider's to refuse", () => {
  expect(normal('curl')).toBe('curl');
  expect(normal({ interval: 60 })).toEqual({ interval: 60 });
});
