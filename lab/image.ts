/** What the hosts of a lab boot: the packages decide which kernel and which Engine. */
export interface Image {
  name: string;
  /** Debian suite that everything comes from, the kernel too. */
  suite: string;
  packages: string[];
  /** What this kernel wants to be told, beside what every host is told. */
  kernelArguments: string[];
  /** The Engine's `daemon.json`. */
  engineConfig: Record<string, boolean>;
}

const packages = [
  'arping',
  'busybox-static',
  'dbus',
  'docker-cli',
  'docker.io',
  'iproute2',
  'iptables',
  'iputils-ping',
  'kmod',
  'openssh-server',
  'procps',
  'sudo',
  'systemd-sysv',
  'tcpdump',
  'udev',
  'user-mode-linux',
  'util-linux',
];

export const images = {
  /** Kernel 7.2 and Docker 28.5: the quickest to boot. This kernel has no netfilter, so the Engine must not ask for it. */
  forky: {
    name: 'forky',
    suite: 'forky',
    packages,
    kernelArguments: ['seccomp=on'],
    engineConfig: { 'userland-proxy': false, iptables: false, ip6tables: false },
  },
} satisfies Record<string, Image>;
