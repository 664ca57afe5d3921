import type { NormalForm } from './normalForm';
import { recordOf } from './shape';

/**
 * The host's devices in the container. Where a device of the host is given twice, each entry names its path in the container: the provider
 * reads the paths back for all entries of one device, or for none.
 */
export const devices: NormalForm = {
  rewrites: ['devices'],
  reads: [],
  normal: ({ devices: given }) => {
    if (!Array.isArray(given)) return { devices: given };
    const named = new Set(given.filter(hasContainerPath).map((one) => recordOf(one)?.hostPath));
    const complete = given.map((one: unknown) => {
      const device = recordOf(one);
      if (device === undefined || hasContainerPath(device) || !named.has(device.hostPath)) return one;
      return { ...device, containerPath: device.hostPath };
    });
    return { devices: complete };
  },
};

function hasContainerPath(device: unknown): boolean {
  const path = recordOf(device)?.containerPath;
  return path !== undefined && path !== null && path !== '';
}
