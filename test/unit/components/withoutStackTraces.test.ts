import { withoutStackTraces } from '../../../src/components/withoutStackTraces';

const framesNow = () => (new Error('here').stack ?? '').split('\n').length - 1;

test('no frames within, and as many as before after it', () => {
  const before = framesNow();
  expect(before).toBeGreaterThan(0);
  expect(withoutStackTraces(framesNow)).toBe(0);
  expect(framesNow()).toBe(before);
});

test('an error passes, and errors after it have frames', () => {
  const fails = () =>
    withoutStackTraces(() => {
      throw new Error('missing');
    });
  expect(fails).toThrow('missing');
  expect(framesNow()).toBeGreaterThan(0);
});
