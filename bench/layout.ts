import type { LabState } from '../lab/lab';
import type { Size } from './size';

/** A VLAN of a host, with what is on it: the same for every competitor. */
export interface VlanLayout {
  vlanId: number;
  link: string;
  network: string;
  subnet: string;
  gateway: string;
  /** This host's share of the subnet. */
  ipRange: string;
  container: string;
  address: string;
}

export interface HostLayout {
  name: string;
  address: string;
  hostKey: string;
  privateKeyFile: string;
  vlans: VlanLayout[];
}

/** What every competitor has to make: the programs read it from their configuration, the scripts from a table. */
export interface Layout {
  parentInterface: string;
  image: string;
  networks: boolean;
  containers: boolean;
  hosts: HostLayout[];
}

const firstVlan = 101;
export const parentInterface = 'eth0';

export function layoutOf({ hosts, vlans, networks, containers }: Size, lab: LabState): Layout {
  const on = (host: number) =>
    Array.from({ length: vlans }, (_, index): VlanLayout => {
      const vlanId = firstVlan + index;
      const block = `10.${77 + (index >> 8)}.${index & 255}`;
      return {
        vlanId,
        link: `${parentInterface}.${vlanId}`,
        network: `lan${vlanId}`,
        subnet: `${block}.0/24`,
        gateway: `${block}.1`,
        ipRange: `${block}.${64 * (host + 1)}/26`,
        container: `c${vlanId}`,
        address: `${block}.${64 * (host + 1) + 1}`,
      };
    });
  return {
    parentInterface,
    image: 'busybox',
    networks,
    containers,
    hosts: lab.hosts.slice(0, hosts).map(({ name, address, hostKey }, index) => ({
      name,
      address,
      hostKey,
      privateKeyFile: lab.privateKeyFile,
      vlans: on(index),
    })),
  };
}
