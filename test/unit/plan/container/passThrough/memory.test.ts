import { allLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';
import { memoryLimits } from '../../../../../src/plan/container/passThrough/memory';

const withoutSwap = { ...allLimits, swap: false };
const withoutMemory = { ...allLimits, memory: false, swap: false };

test.each([
  [{ memory: 64 }, 128],
  [{ memory: 64, memorySwap: 0 }, 128],
  [{ memory: 64, memorySwap: 64 }, 64],
  [{ memory: 64, memorySwap: 200 }, 200],
  [{ memory: 64, memorySwap: -1 }, -1],
  [{ memorySwap: -1 }, -1],
  [{ memory: 0 }, undefined],
  [{ memoryReservation: 32 }, undefined],
])('%j has a memorySwap of %s', (given, expected) => {
  expect(memoryLimits.normal(given, allLimits)).toEqual({ ...given, memorySwap: expected });
});

test.each([{ memory: 64 }, { memory: 64, memorySwap: 128 }, { memory: 64, memorySwap: -1 }])(
  '%j has a memorySwap of -1 where the kernel counts no swap',
  (given) => {
    expect(memoryLimits.normal(given, withoutSwap)).toEqual({ ...given, memorySwap: -1 });
  },
);

test('swap without a limit of memory is the same on each kernel', () => {
  expect(memoryLimits.normal({ memorySwap: -1 }, withoutSwap)).toEqual({ memorySwap: -1 });
});

test('a kernel that counts no memory has no limits', () => {
  expect(memoryLimits.normal({ memory: 64, memoryReservation: 32, memorySwap: 128 }, withoutMemory)).toEqual({});
  expect(memoryLimits.normal({ memorySwap: -1 }, withoutMemory)).toEqual({ memorySwap: -1 });
});
