import type { Machine } from './machine';

/** The VLAN of a link, and its parent interface. */
export interface LinkVlan {
  /** The link that it is on: a NIC, or another VLAN (Q-in-Q). */
  readonly parentInterface: string;
  /** VLAN ID, 1 to 4094. */
  readonly vlanId: number;
  /** 802.1Q or 802.1ad. */
  readonly protocol: string;
}

/** What an interface hands its frames to. */
export interface FoundMaster {
  readonly name: string;
  /** As the kernel calls it: bridge, bond, team, vrf; empty where it was not found out. */
  readonly kind: string;
}

/** VLANs that a bridge lets through, `first` and `last` among them. */
export interface BridgeVlans {
  readonly first: number;
  readonly last: number;
  /** True where frames of it leave without the tag. */
  readonly isUntagged: boolean;
}

/** What of a host decides whether an interface can be a parent interface. All of it is empty where it could not be found out. */
export interface ParentReport {
  /** Each link, with the VLAN that it is; `undefined` for one that is none. */
  readonly vlans: ReadonlyMap<string, LinkVlan | undefined>;
  readonly masters: ReadonlyMap<string, FoundMaster>;
  /** Names of Wi-Fi interfaces. */
  readonly wireless: ReadonlySet<string>;
  /** Names of bonds, each with its mode. */
  readonly bonds: ReadonlyMap<string, string>;
  /** Names of bridges with VLAN filtering, each with the protocol of the tags that it reads. */
  readonly filters: ReadonlyMap<string, string>;
  /** What each bridge and each of its ports lets through; `undefined` where the host has no program that tells. */
  readonly bridgeVlans: ReadonlyMap<string, readonly BridgeVlans[]> | undefined;
  /** Kernel modules that the host has not. */
  readonly missingModules: ReadonlySet<string>;
  /** The kernel's release, 6.12.0-1-amd64. */
  readonly kernel: string | undefined;
  readonly machine: Machine;
}
