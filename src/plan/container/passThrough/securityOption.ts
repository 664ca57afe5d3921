import type { ContainerArguments, NormalForm } from './normalForm';

/** Turns SELinux off. Docker adds it for a container that shares so much with the host that labels cannot separate them. */
const noLabel = 'label=disable';

/** The security options, with the one that Docker adds to a privileged container and to one in the host's PID or IPC namespace. */
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
