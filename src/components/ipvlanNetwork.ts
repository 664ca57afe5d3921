import type * as pulumi from '@pulumi/pulumi';
import type { IpvlanFlag, IpvlanMode } from '../plan/network/mode';
import { AttachableNetwork } from './attachableNetwork';
import { requireArgs } from './componentArgs';
import { declareShim } from './hostShim';
import type { NetworkArgs } from './networkArgs';

/** Arguments of {@link IpvlanNetwork}. */
export interface IpvlanNetworkArgs extends NetworkArgs {
  /**
   * `l2`: containers are in the VLAN's own subnets and use ARP and neighbour discovery there. `l3`: the host's kernel routes for them,
   * without broadcast and without a gateway; other machines need a route to them. `l3s`: as `l3`, through the host's netfilter.
   * Default: `l2` (kernel, Documentation/networking/ipvlan.rst).
   */
  mode?: IpvlanMode;
  /** `bridge`: containers reach each other; `private`: they do not; `vepa`: only over the switch or router. Default: `bridge`. */
  flag?: IpvlanFlag;
}

/**
 * A Docker ipvlan network: containers have addresses of their own and share the parent's MAC, which suits switch ports that accept one MAC
 * only. Each parent can have one such network (Docker documentation, "IPvlan network driver"). Wrong arguments are refused at preview.
 */
export class IpvlanNetwork extends AttachableNetwork {
  constructor(name: string, args: IpvlanNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const { mode, flag, ...common } = requireArgs('IpvlanNetwork', name, args);
    super({ component: 'IpvlanNetwork', driver: 'ipvlan', mode, flag }, name, common, opts);
    declareShim(name, args.shim, this);
  }
}
