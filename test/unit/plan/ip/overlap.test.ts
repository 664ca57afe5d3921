import type { Cidr } from '../../../../src/plan/ip/cidr';
import { parseCidr } from '../../../../src/plan/ip/cidr';
import { nested, overlapping, overlappingAcross } from '../../../../src/plan/ip/overlap';

const texts = (pairs: [string, string][]): string[] => pairs.map(([a, b]) => `${a} ${b}`);
const blockOf = (text: string): Cidr => parseCidr(text)!;

test.each<[string, string[], string[]]>([
  ['apart', ['10.0.0.0/24', '10.0.1.0/24'], []],
  ['one inside another', ['10.0.1.0/24', '10.0.0.0/8'], ['10.0.0.0/8 10.0.1.0/24']],
  [
    'two inside a third',
    ['10.1.0.0/16', '10.0.0.0/8', '10.2.0.0/16'],
    ['10.0.0.0/8 10.1.0.0/16', '10.0.0.0/8 10.2.0.0/16'],
  ],
  // As numbers, ::a00:100/120 lies inside 10.0.0.0/8.
  ['families whose numbers meet', ['10.0.0.0/8', '::a00:100/120', '10.1.0.0/16'], ['10.0.0.0/8 10.1.0.0/16']],
])('%s', (_, blocks, pairs) => expect(texts(overlapping(blocks, blockOf))).toEqual(pairs));

test('across two lists, overlaps inside one do not count', () => {
  const some = ['10.0.0.0/8', '10.0.0.0/16'];
  expect(texts(overlappingAcross(some, ['11.0.0.0/8'], blockOf))).toEqual([]);
  expect(texts(overlappingAcross(some, ['10.9.0.0/16', '10.9.9.0/24'], blockOf))).toEqual([
    '10.0.0.0/8 10.9.0.0/16',
    '10.0.0.0/8 10.9.9.0/24',
  ]);
});

test('nested blocks: each pair, the larger block first, and of equal ones the first', () => {
  const blocks = ['10.0.1.0/24', '10.0.0.0/8', '11.0.0.0/8', '10.0.0.0/16', '::a00:0/104', '10.1.0.0/16'];
  expect(texts(nested(blocks, blockOf))).toEqual([
    '10.0.0.0/8 10.0.0.0/16',
    '10.0.0.0/8 10.0.1.0/24',
    '10.0.0.0/16 10.0.1.0/24',
    '10.0.0.0/8 10.1.0.0/16',
  ]);
  const equal = [1, 2, 3].map((order) => ({ order, text: '10.0.0.0/8' }));
  expect(nested(equal, ({ text }) => blockOf(text)).map((pair) => pair.map(({ order }) => order))).toEqual([
    [1, 2],
    [1, 3],
    [2, 3],
  ]);
});
