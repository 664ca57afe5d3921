import type { ParentReport } from './parentReport';

/** Modules of the kernel that links and networks are made of; dummy is the parent of a network without one. */
export type KernelModule = '8021q' | 'macvlan' | 'ipvlan' | 'dummy';

/** The fault where the kernel has no such module, built in or to be loaded. */
export function moduleFault(
  module: KernelModule,
  what: string,
  { missingModules, kernel }: Pick<ParentReport, 'missingModules' | 'kernel'>,
): string | undefined {
  if (!missingModules.has(module)) return undefined;
  const release = kernel === undefined ? '' : ` (${kernel})`;
  const extra = `Ubuntu: linux-modules-extra-${kernel ?? '$(uname -r)'}, OpenWrt: kmod-${module}`;
  return `${what} needs the module ${module}, which the kernel of this host${release} does not have: install the package with it (${extra}), or restart the host if its kernel was updated since it was started`;
}
