import type { HostPackages } from '../../lab/hostPackage';

/** Network managers that the lab's hosts do not have. */
export const managerPackages: HostPackages = {
  name: 'managers',
  suite: 'forky',
  packages: ['network-manager', 'ifupdown'],
};
