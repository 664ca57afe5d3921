/** What the hosts of a lab boot: the packages decide which kernel and which Engine. */
export interface Image {
  name: string;
  /** Debian suite that everything comes from, the kernel too. */
  suite: string;
  packages: string[];
  /** Which program stands behind a common name, where it is not the one that Debian takes. */
  alternatives: Record<string, string>;
  /** Kernel arguments of this kernel, in addition to those of every host. */
  kernelArguments: string[];
  /** Whether its buffer for the CPU's extended state has a fixed size: see `kernel/xstate.c`. */
  hasFixedXstate: boolean;
  /** The Engine's `daemon.json`. */
  engineConfig: Record<string, boolean>;
  /** Whether the Engine's daemon is the one that is built here (`dockerd.ts`), in place of Debian's. */
  hasBuiltEngine: boolean;
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
  'radvd',
  'sudo',
  'systemd-sysv',
  'tcpdump',
  'udev',
  'user-mode-linux',
  'util-linux',
];

const forky = {
  suite: 'forky',
  packages,
  alternatives: {},
  kernelArguments: ['seccomp=on'],
  hasFixedXstate: false,
  engineConfig: { 'userland-proxy': false, iptables: false, ip6tables: false },
};

export const images = {
  /** Kernel 7.2 and Docker 28.5: the quickest to boot. This kernel has no netfilter, so the Engine must not ask for it. */
  forky: { ...forky, name: 'forky', hasBuiltEngine: false },
  /** The same with Docker 29, which Debian does not have yet. */
  engine29: { ...forky, name: 'engine29', hasBuiltEngine: true },
  /**
   * Kernel 6.12 and Docker 26.1: an Engine with the defaults of before 27. This kernel has netfilter, but of nftables no tables for
   * IP. It came before `seccomp=on`.
   */
  trixie: {
    name: 'trixie',
    suite: 'trixie',
    packages,
    alternatives: { iptables: '/usr/sbin/iptables-legacy', ip6tables: '/usr/sbin/ip6tables-legacy' },
    kernelArguments: [],
    hasFixedXstate: true,
    engineConfig: { 'userland-proxy': false },
    hasBuiltEngine: false,
  },
} satisfies Record<string, Image>;

export type ImageName = keyof typeof images;

export const isImageName = (name: string): name is ImageName => Object.hasOwn(images, name);
