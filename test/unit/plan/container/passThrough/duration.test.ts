import { normalDuration } from '../../../../../src/plan/container/passThrough/duration';

test.each([
  ['60s', '1m0s'],
  ['1m', '1m0s'],
  ['90s', '1m30s'],
  ['2h', '2h0m0s'],
  ['3600s', '1h0m0s'],
  ['1h0m0s', '1h0m0s'],
  ['1.5h', '1h30m0s'],
  ['30s', '30s'],
  ['+30s', '30s'],
  ['30000ms', '30s'],
  ['1500ms', '1.5s'],
  ['.5s', '500ms'],
  ['0.5s', '500ms'],
  ['1.s', '1s'],
  ['100us', '100µs'],
  ['100μs', '100µs'],
  ['1500us', '1.5ms'],
  ['1500ns', '1.5µs'],
  ['10ns', '10ns'],
  ['1.0000000001s', '1s'],
  ['1m0.5s', '1m0.5s'],
  ['5s1m', '1m5s'],
  ['0', '0s'],
  ['0ms', '0s'],
  ['100h', '100h0m0s'],
])('%s is %s', (given, expected) => {
  expect(normalDuration(given)).toBe(expected);
});

test.each(['', '30', 's', '.s', '-1s', '1 s', '1d', '1S', '99999999999h'])(
  "%j is the provider's to refuse",
  (given) => {
    expect(normalDuration(given)).toBe(given);
  },
);
