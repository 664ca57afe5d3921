import { images } from '../../lab/image';
import { needsXstate, programsFor, xstateContents } from '../../lab/xstate';

const { forky, trixie } = images;
const cpu = (flags: string) => `processor\t: 0\nflags\t\t: fpu ${flags} avx512f\nbugs\t\t: amx_tile\n\n`.repeat(2);
const withTiles = cpu('amx_bf16 amx_tile amx_int8');
const without = cpu('amx_tiles');

test('the older kernel needs its extended state completed where the CPU has AMX, the newer one nowhere', () => {
  expect(needsXstate(trixie, withTiles)).toBe(true);
  expect(needsXstate(trixie, without)).toBe(false);
  expect(needsXstate(trixie, '')).toBe(false);
  expect(needsXstate(forky, withTiles)).toBe(false);
});

test('a compiler is asked for, and an image named by another key, only where it is needed', () => {
  expect(programsFor([forky, trixie], withTiles)).toEqual({ gcc: 'gcc' });
  expect(programsFor([forky, trixie], without)).toEqual({});
  expect(programsFor([forky], withTiles)).toEqual({});
  expect(xstateContents(trixie, withTiles)).toHaveLength(1);
  expect(xstateContents(trixie, without)).toEqual([]);
});
