import type { NormalForm } from './normalForm';

/** Omits a CPU limit that the host's kernel does not have: Docker would drop it, and the provider would then read back none. */
export const cpuLimits: NormalForm = {
  rewrites: ['cpuShares', 'cpuSet'],
  reads: [],
  readsKernel: true,
  normal: ({ cpuShares, cpuSet }, kernel) => ({
    cpuShares: kernel.cpuShares ? cpuShares : undefined,
    cpuSet: kernel.cpuSet ? cpuSet : undefined,
  }),
};
