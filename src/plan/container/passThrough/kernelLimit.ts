/** Which limits of a container the host's kernel enforces, as `docker info` reports. Docker drops the others with a warning. */
export interface KernelLimits {
  /** `memory` and `memoryReservation`. False where the kernel was booted without the memory controller (Raspberry Pi OS). */
  readonly memory: boolean;
  /** Swap, beside memory. */
  readonly swap: boolean;
  readonly cpuShares: boolean;
  readonly cpuSet: boolean;
}

/** Assumed for a host that could not be probed: most kernels enforce all limits. */
export const allLimits: KernelLimits = { memory: true, swap: true, cpuShares: true, cpuSet: true };

/** Names of the limits that are given and that this kernel does not enforce, for a warning. */
export function droppedLimits(given: Readonly<Record<string, unknown>>, kernel: KernelLimits): string[] {
  const dropped = [
    ...(kernel.memory ? [] : ['memory', 'memoryReservation']),
    ...(kernel.cpuShares ? [] : ['cpuShares']),
    ...(kernel.cpuSet ? [] : ['cpuSet']),
  ];
  return dropped.filter((name) => given[name] !== undefined && given[name] !== 0 && given[name] !== '');
}
