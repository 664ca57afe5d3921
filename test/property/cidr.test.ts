import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { parseAddress } from '../../src/plan/ip/address';
import { cidrOf, contains, overlaps, parseCidr, parseInterfaceAddress } from '../../src/plan/ip/cidr';
import { overlapping } from '../../src/plan/ip/overlap';
import { cidrText, ipv4Text, ipv6Text } from './arbitrary';

const address = fc.oneof(ipv4Text, ipv6Text);
const isMapped = (text: string): boolean => /^(::|0:0:0:0:0:)ffff:/i.test(text) && isIP(text) === 6;
const almost = fc.oneof(
  address,
  fc.string({ unit: fc.constantFrom(...'0 1 2 3 4 5 9 a f . : / % [ ]'.split(' '), ' ') }),
);

test('Node.js accepts the same addresses', () => {
  fc.assert(
    fc.property(almost, (text) => {
      const read = parseAddress(text);
      if (read !== undefined) expect(isIP(text)).toBe(read.family);
      else expect(isIP(text) !== 0 && !isMapped(text) && !text.includes('%')).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('the canonical IPv6 text is the one of the URL standard, which follows RFC 5952', () => {
  fc.assert(
    fc.property(
      ipv6Text.filter((text) => !isMapped(text)),
      (text) => {
        expect(`[${parseAddress(text)!.text}]`).toBe(new URL(`http://[${text}]/`).hostname);
      },
    ),
    { numRuns: 1000 },
  );
});

test('canonical texts stay as they are', () => {
  fc.assert(
    fc.property(cidrText, (text) => {
      const read = parseInterfaceAddress(text);
      fc.pre(read !== undefined);
      expect(parseInterfaceAddress(read.text)).toEqual(read);
      expect(parseCidr(read.block.text)).toEqual(read.block);
      expect(parseCidr(text) !== undefined).toBe(read.text === read.block.text);
    }),
  );
});

test('contains agrees with Node', () => {
  fc.assert(
    fc.property(cidrText, address, (text, other) => {
      const block = parseInterfaceAddress(text)?.block;
      const inside = parseAddress(other);
      fc.pre(block !== undefined && block.family === inside?.family);
      const list = new BlockList();
      const family = block.family === 4 ? 'ipv4' : 'ipv6';
      list.addSubnet(block.text.split('/')[0]!, block.prefix, family);
      expect(contains(block, inside)).toBe(list.check(inside.text, family));
    }),
  );
});

test('the sweep finds an overlap exactly where trying all pairs does, once for each item', () => {
  const block = fc.tuple(fc.nat(15), fc.integer({ min: 26, max: 32 }), fc.boolean()).map(([host, prefix, six]) => {
    const base = parseAddress(six ? `2001:db8::${(host * 16).toString(16)}` : `10.0.0.${host * 16}`)!;
    return cidrOf(base, six ? prefix + 96 : prefix);
  });
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
      const items = blocks.map((cidr, index) => ({ cidr, index }));
      const pairs = overlapping(items, ({ cidr }) => cidr);
      for (const [a, b] of pairs) expect(overlaps(a.cidr, b.cidr)).toBe(true);
      // An item is free of overlaps if and only if no pair names it as the later one and it holds no later one.
      const clashes = items.some((a) => items.some((b) => a.index < b.index && overlaps(a.cidr, b.cidr)));
      expect(pairs.length > 0).toBe(clashes);
      expect(new Set(pairs.map(([, later]) => later.index)).size).toBe(pairs.length);
    }),
  );
});
