/** How much a run of the bench puts on the hosts. */
export interface Size {
  title: string;
  hosts: number;
  vlans: number;
  /** Whether each VLAN has a macvlan network and a container on each host. */
  containers: boolean;
}

export const sizes = {
  small: { title: '2 hosts x 3 VLANs, 6 networks, 6 containers', hosts: 2, vlans: 3, containers: true },
  twelve: { title: '2 hosts x 12 VLANs, 24 networks, 24 containers', hosts: 2, vlans: 12, containers: true },
  vlans100: { title: '1 host x 100 VLANs', hosts: 1, vlans: 100, containers: false },
} satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

export const isSizeName = (name: string): name is SizeName => Object.hasOwn(sizes, name);
