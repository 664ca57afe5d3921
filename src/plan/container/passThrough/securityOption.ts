import type { ContainerArguments, NormalForm } from './normalForm';

/** SELinux is off for a container that shares everything with its host. */
const noLabel = 'label=disable';

/** The security options with the one that Docker adds to a privileged container, and to one with the host's processes or IPC. */
export const securityOptions: NormalForm = {
  rewrites: ['securityOpts'],
  reads: ['privileged', 'pidMode', 'ipcMode'],
  normal: (given) => {
    const { securityOpts } = given;
    if (!Array.isArray(securityOpts) || !isUnlabelled(given) || securityOpts.some(isLabel)) return { securityOpts };
    return { securityOpts: [...(securityOpts as unknown[]), noLabel] };
  },
};

function isUnlabelled({ privileged, pidMode, ipcMode }: ContainerArguments): boolean {
  return privileged === true || pidMode === 'host' || ipcMode === 'host';
}

function isLabel(option: unknown): boolean {
  return typeof option === 'string' && option.split('=')[0] === 'label';
}
