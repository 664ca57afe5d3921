import fc from 'fast-check';
import { Problems } from '../../../../src/plan/argument/problem';
import { readInterfaceName, readLinkName } from '../../../../src/plan/link/interfaceName';
import { defaultShimName, readShimName } from '../../../../src/plan/shim/shimName';

test.each([
  ['eth0', 'eth0-shim'],
  ['bond0.4094', 'bond0.4094-shim'],
  ['enp130s0.10', 'enp130s0.10-s'],
  ['enp130s0.100', 'enp130s0.100-s'],
  ['enp130s0f0.50', 'enp130s0f0.50-s'],
  ['enp130s0f0.500', 'f0.500-xh4m1a_s'],
  ['enx001122334455', '334455-9oigpg_s'],
])('%s has %s', (parent, expected) => expect(defaultShimName(parent)).toBe(expected));

test('a parent whose end has no letter or digit', () =>
  expect(defaultShimName('e-------------')).toMatch(/^shim-[0-9a-z]{6}_s$/));

/** Names that a parent interface may have. */
const parent = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/)
  .filter((name) => readInterfaceName(new Problems(), name) !== undefined);

test('each parent has a default that Linux takes, other than its own name', () =>
  fc.assert(
    fc.property(parent, (name) => {
      const problems = new Problems();
      expect(readLinkName(problems, defaultShimName(name))).toBe(defaultShimName(name));
      expect(readShimName(problems, undefined, name)).not.toBe(name);
      expect(problems.list).toEqual([]);
    }),
    { numRuns: 1000 },
  ));

test('no two parents have one default', () => {
  const long = Array.from({ length: 4094 }, (_, index) => `enp130s0f0.${index + 1}`);
  const nics = Array.from({ length: 4096 }, (_, index) => `enx0011223${(0x34455 + index).toString(16)}`);
  const alike = Array.from({ length: 1000 }, (_, index) => `enp${index}s0f0.1000`.slice(0, 15));
  const short = [...long, ...nics, ...alike].flatMap((name) => [name, name.slice(0, 13), name.slice(-9)]);
  const parents = new Set([...short, 'e0f0.500-xh4m1', '334455-9oigpg']);
  expect(new Set([...parents].map(defaultShimName)).size).toBe(parents.size);
});

test('two parents drawn at random have two defaults', () =>
  fc.assert(
    fc.property(fc.uniqueArray(parent, { minLength: 2, maxLength: 20 }), (names) =>
      expect(new Set(names.map(defaultShimName)).size).toBe(names.length),
    ),
    { numRuns: 300 },
  ));
