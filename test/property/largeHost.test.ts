import { checkLargeHost, costOf, largeHost } from './largeHost';

test('a full host has no problem', () => expect(checkLargeHost(largeHost())).toEqual([]));

test('four times the size costs about four times the time, not sixteen', () => {
  const small = costOf(largeHost(1000, 2500), 5);
  const large = costOf(largeHost(4000, 10_000), 5);
  expect(large.processor / small.processor).toBeLessThan(7);
});

test.each([
  ['all networks in one subnet, without ranges', 4093],
  ['all networks in one subnet, by ranges that are apart', 0],
])('%s', (name, count) => {
  const host = largeHost(4094, 0);
  const networks = host.networks.map((network, index) => {
    const at = `10.${index >> 8}.${index & 255}`;
    const range = count === 0 ? { ipRange: `${at}.128/25` } : {};
    return { ...network, subnets: [{ subnet: '10.0.0.0/8', gateway: `${at}.1`, ...range }] };
  });
  expect(checkLargeHost({ ...host, networks })).toHaveLength(count);
});
