import type { NormalForm } from './normalForm';

/** A CPU limit that the host's kernel lacks is left out, because Docker drops it and the provider then reads none. */
export const cpuLimits: NormalForm = {
  rewrites: ['cpuShares', 'cpuSet'],
  reads: [],
  readsKernel: true,
  normal: ({ cpuShares, cpuSet }, kernel) => ({
    cpuShares: kernel.cpuShares ? cpuShares : undefined,
    cpuSet: kernel.cpuSet ? cpuSet : undefined,
  }),
};
