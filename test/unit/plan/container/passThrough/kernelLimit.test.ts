import { cpuLimits } from '../../../../../src/plan/container/passThrough/cpuLimit';
import { allLimits, droppedLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';

const cpu = { cpuShares: 512, cpuSet: '0-1' };
const few = { memory: false, swap: false, cpuShares: true, cpuSet: false };

test('a CPU limit that the kernel lacks is left out', () => {
  expect(cpuLimits.normal(cpu, allLimits)).toEqual(cpu);
  expect(cpuLimits.normal(cpu, few)).toEqual({ cpuShares: 512, cpuSet: undefined });
  expect(cpuLimits.normal(cpu, { ...allLimits, cpuShares: false })).toEqual({ cpuShares: undefined, cpuSet: '0-1' });
});

test('the limits that are given and not enforced are named', () => {
  expect(droppedLimits({ ...cpu, memory: 64, memorySwap: 128 }, few)).toEqual(['memory', 'cpuSet']);
  expect(droppedLimits({ ...cpu, memory: 64, memorySwap: 128 }, allLimits)).toEqual([]);
  expect(droppedLimits({ memory: 0, cpuSet: '' }, few)).toEqual([]);
});
