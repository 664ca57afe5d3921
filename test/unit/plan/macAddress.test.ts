import type { NetworkDriver } from '../../../src/plan/network';
import { deriveMacAddress, readMacAddress } from '../../../src/plan/macAddress';
import { Problems } from '../../../src/plan/problem';
import { lines } from './text';

const read = (value: unknown, driver: NetworkDriver = 'macvlan'): string | string[] => {
  const problems = new Problems('macAddress');
  return readMacAddress(problems, value, driver) ?? lines(problems.list);
};

test.each([
  ['02:00:5e:10:00:01', '02:00:5e:10:00:01'],
  ['02-00-5E-10-00-01', '02:00:5e:10:00:01'],
])('%s is %s', (text, canonical) => expect(read(text)).toBe(canonical));

const expected = 'macAddress: must be a MAC address, like 02:00:5e:10:00:01';
test.each<[unknown, NetworkDriver, string]>([
  ['02:00:5e:10:00', 'macvlan', `${expected}, got "02:00:5e:10:00"`],
  ['02:00-5e:10:00:01', 'macvlan', `${expected}, got "02:00-5e:10:00:01"`],
  ['0200.5e10.0001', 'macvlan', `${expected}, got "0200.5e10.0001"`],
  [5, 'macvlan', `${expected}, got 5`],
  [
    '01:00:5e:00:00:fb',
    'macvlan',
    'macAddress: must be the address of one machine, not a multicast one, got "01:00:5e:00:00:fb"',
  ],
  [
    'ff:ff:ff:ff:ff:ff',
    'macvlan',
    'macAddress: must be the address of one machine, not a multicast one, got "ff:ff:ff:ff:ff:ff"',
  ],
  ['00:00:00:00:00:00', 'macvlan', 'macAddress: must not be all zeros, got "00:00:00:00:00:00"'],
  [
    '02:00:5e:10:00:01',
    'ipvlan',
    'macAddress: must be left out: an ipvlan container has its parent interface\'s MAC address, got "02:00:5e:10:00:01"',
  ],
])('refuses %p on %s', (value, driver, problem) => expect(read(value, driver)).toEqual([problem]));

describe('derived', () => {
  test('the same for the same names, for good: changing this changes the MAC of every container there is', () =>
    expect(deriveMacAddress('prod', 'n1', 'db')).toMatchInlineSnapshot(`"12:de:df:1b:1f:6f"`));

  test('unique, fit for a container, and never 02:42', () => {
    const all = Array.from({ length: 20_000 }, (_, index) => deriveMacAddress('prod', `n${index % 7}`, `c${index}`));
    expect(new Set(all).size).toBe(all.length);
    for (const mac of all) {
      expect(mac).toMatch(/^[1-9a-f]2(:[0-9a-f]{2}){5}$/);
      expect(mac).not.toMatch(/^02:42/);
    }
    expect(read(all[0])).toBe(all[0]);
  });

  test('names do not run into each other', () =>
    expect(deriveMacAddress('a', 'bc', 'd')).not.toBe(deriveMacAddress('ab', 'c', 'd')));
});
