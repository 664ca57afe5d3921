import type { Cidr } from '../../../../src/plan/ip/cidr';
import { parseAddress } from '../../../../src/plan/ip/address';
import {
  contains,
  containsCidr,
  edgeName,
  overlaps,
  parseCidr,
  parseInterfaceAddress,
} from '../../../../src/plan/ip/cidr';

const cidr = (text: string): Cidr => parseCidr(text)!;

describe('the canonical address (RFC 5952)', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('%s is %s', (text, canonical) => expect(parseAddress(text)?.text).toBe(canonical));
});

describe('no address', () => {
  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.1/24',
    '0x0a000001',
    ' 10.0.0.1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '0:0:0:0:0:ffff:a00:1',
    '1::2::3',
    '[::1]',
    'localhost',
  ])('%p', (text) => expect(parseAddress(text)).toBeUndefined());
});

test.each([
  ['192.168.14.0/24', '192.168.14.0/24'],
  ['2001:DB8::/64', '2001:db8::/64'],
  ['10.0.0.1/32', '10.0.0.1/32'],
  ['192.168.14.1/24', undefined],
  ['192.168.14.0/33', undefined],
  ['192.168.14.0/024', undefined],
  ['192.168.14.0/', undefined],
  ['192.168.14.0', undefined],
  ['192.168.14.0/24/24', undefined],
  ['2001:db8::/129', undefined],
  ['2001:db8::/064', undefined],
])('the block %s reads as %s', (text, canonical) => expect(parseCidr(text)?.text).toBe(canonical));

test('an interface address keeps its host bits', () => {
  const read = parseInterfaceAddress('2001:DB8:0::1/64');
  expect([read?.text, read?.block.text]).toEqual(['2001:db8::1/64', '2001:db8::/64']);
});

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true, true],
  ['10.1.0.0/16', '10.0.0.0/8', false, true],
  ['10.0.0.0/25', '10.0.0.128/25', false, false],
  ['0.0.0.0/0', '::/0', false, false],
])('%s and %s: contains %s, overlaps %s', (a, b, inside, shared) => {
  expect(containsCidr(cidr(a), cidr(b))).toBe(inside);
  expect(overlaps(cidr(a), cidr(b))).toBe(shared);
});

test.each([
  ['10.0.0.0/24', '10.0.0.0', 'the network address'],
  ['10.0.0.0/24', '10.0.0.255', 'the broadcast address'],
  ['10.0.0.0/24', '10.0.0.1', undefined],
  ['10.0.0.0/31', '10.0.0.0', undefined],
  ['10.0.0.0/31', '10.0.0.1', undefined],
  ['10.0.0.0/32', '10.0.0.0', undefined],
  ['2001:db8::/64', '2001:db8::', 'the subnet-router anycast address'],
  ['2001:db8::/126', '2001:db8::3', undefined],
  ['2001:db8::/127', '2001:db8::', undefined],
])('in %s, %s is %s', (block, text, name) => {
  expect(contains(cidr(block), parseAddress(text)!)).toBe(true);
  expect(edgeName(cidr(block), parseAddress(text)!)).toBe(name);
});
