import * as pulumi from '@pulumi/pulumi';
import { requireArgs } from './componentArgs';
import type { Routing } from '../plan/link/routing';
import type { Host } from './host';
import type { Vlan } from './vlan';
import type { VlanArgs } from './trunkArgs';
import { VlanTrunk } from './vlanTrunk';

/** Arguments of {@link VlanInterface}: those of one VLAN, and where it is. */
export interface VlanInterfaceArgs extends VlanArgs {
  /** The host that the subinterface is made on. */
  host: Host;
  /** The NIC (or bond, bridge) that the switch sends tagged frames to, by name; or a VLAN (`outer.vlan(100)`), for frames with two tags (Q-in-Q). */
  parentInterface: Vlan | string;
  /**
   * What the host routes from and to this VLAN, by its link and by shims on it: `isolated`, nothing; `between`, from and to the other VLANs that this program
   * declares so one by one on the host, and nowhere else; `unmanaged`, what it is set to itself. A plain value. Default: `unmanaged`; more at `VlanTrunkArgs`.
   */
  routing?: Routing;
  /** Name of the switched network that the parent interface is plugged into. Default: the `site` of the host. */
  physicalNetwork?: string;
}

/** One VLAN subinterface of a host: a trunk of one, by the same plan and script. Wrong arguments are refused at preview. */
export class VlanInterface extends pulumi.ComponentResource {
  /** The handle that a network takes as its `parentInterface`. */
  readonly vlan: Vlan;

  constructor(name: string, args: VlanInterfaceArgs, opts?: pulumi.ComponentResourceOptions) {
    const { host, parentInterface, routing, physicalNetwork, ...vlan } = requireArgs('VlanInterface', name, args);
    super('vlan-trunk:index:VlanInterface', name, {}, opts);

    this.vlan = new VlanTrunk(
      name,
      {
        host,
        parentInterface,
        vlans: [vlan],
        ...(routing !== undefined && { routing }),
        ...(physicalNetwork !== undefined && { physicalNetwork }),
        isSingle: true,
      },
      { parent: this },
    ).vlan(vlan.vlanId);
    this.registerOutputs({ interfaceName: this.vlan.interfaceName });
  }
}
