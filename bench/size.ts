/** How much a run of the bench puts on the hosts. */
export interface Size {
  title: string;
  hosts: number;
  vlans: number;
  /** Whether each VLAN has a macvlan network on each host. */
  networks: boolean;
  /** Whether each network has a container. */
  containers: boolean;
  /** Measured once, and of this package alone: to see that it is done in a bounded time. */
  alone?: true;
}

export const sizes = {
  small: { title: '2 hosts x 3 VLANs, 6 networks, 6 containers', hosts: 2, vlans: 3, networks: true, containers: true },
  twelve: {
    title: '2 hosts x 12 VLANs, 24 networks, 24 containers',
    hosts: 2,
    vlans: 12,
    networks: true,
    containers: true,
  },
  vlans100: { title: '1 host x 100 VLANs', hosts: 1, vlans: 100, networks: false, containers: false },
  networks500: {
    title: '1 host x 500 VLANs, 500 networks',
    hosts: 1,
    vlans: 500,
    networks: true,
    containers: false,
    alone: true,
  },
} satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

export const isSizeName = (name: string): name is SizeName => Object.hasOwn(sizes, name);
