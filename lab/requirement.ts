/** What the lab needs to know about a machine before it starts. */
export interface Machine {
  platform: string;
  architecture: string;
  isRoot: boolean;
  /** Whether this user can make a user namespace and be root in it. */
  userNamespaces: boolean;
  /** Whether this user has a range of further users to use there. */
  subordinateUsers: boolean;
  tun: 'usable' | 'denied' | 'missing';
  /** Debian packages whose programs are not there. */
  missingPackages: string[];
  hasApt: boolean;
  /** Whether packages can be installed without asking anybody for a password. */
  canInstall: boolean;
}

/** A package, and a program of it by which its presence is checked. */
export const programsOfEveryLab: Record<string, string> = {
  mmdebstrap: 'mmdebstrap',
  'mkfs.ext4': 'e2fsprogs',
  tcpdump: 'tcpdump',
  ssh: 'openssh-client',
  unshare: 'util-linux',
  ip: 'iproute2',
  // An ordinary user's range of further users.
  newuidmap: 'uidmap',
};

/** The first reason why this machine cannot run the lab, in one sentence with what to do about it. */
export function whyNot(machine: Machine): string | undefined {
  const { platform, architecture, missingPackages } = machine;
  if (platform !== 'linux') {
    return `the lab needs Linux and this is ${platform}: run it in a Debian virtual machine`;
  }
  if (architecture !== 'x64') {
    return `the lab's hosts need an x86-64 machine, as Debian has User-Mode Linux for no other, and this is ${architecture}`;
  }
  if (missingPackages.length > 0 && !machine.hasApt) {
    return `programs are missing and there is no apt-get to install them: install what Debian calls ${missingPackages.join(', ')}`;
  }
  if (missingPackages.length > 0 && !machine.canInstall) {
    return `Debian packages are missing: run \`sudo apt-get install ${missingPackages.join(' ')}\``;
  }
  if (!machine.isRoot && !machine.subordinateUsers) {
    return "this user has no range of subordinate users, which the hosts' files belong to: run `sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $USER`";
  }
  if (!machine.isRoot && missingPackages.length === 0 && !machine.userNamespaces) {
    return 'the lab needs user namespaces or root: allow them with `sudo sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0` (whichever this kernel knows), or run it as root';
  }
  if (machine.tun === 'missing') {
    return "there is no /dev/net/tun, which the hosts' network cards are made of: load it with `sudo modprobe tun`, or give it to the container (`--device /dev/net/tun`)";
  }
  if (machine.tun === 'denied') {
    return "/dev/net/tun cannot be opened, which the hosts' network cards are made of: run `sudo chmod 0666 /dev/net/tun` (as udev does), or run the lab as root";
  }
  return undefined;
}
