import type { NormalForm } from './normalForm';

/**
 * The limits of memory and swap, in MiB. Docker fills in the swap: twice the memory where none is given, -1 where the kernel counts no
 * swap, whatever is given. The provider would treat a value that Docker filled in as a change.
 */
export const memoryLimits: NormalForm = {
  rewrites: ['memory', 'memoryReservation', 'memorySwap'],
  reads: [],
  readsKernel: true,
  normal: (given, kernel) => {
    const { memory, memoryReservation, memorySwap } = given;
    if (!kernel.memory) return { memorySwap: isLimit(memory) ? undefined : memorySwap };
    return {
      memory,
      memoryReservation,
      memorySwap: isLimit(memory) ? swapOf(memory, memorySwap, kernel.swap) : memorySwap,
    };
  },
};

function swapOf(memory: number, memorySwap: unknown, isCounted: boolean): unknown {
  if (!isCounted) return -1;
  return memorySwap === undefined || memorySwap === null || memorySwap === 0 ? 2 * memory : memorySwap;
}

function isLimit(memory: unknown): memory is number {
  return typeof memory === 'number' && memory > 0;
}
