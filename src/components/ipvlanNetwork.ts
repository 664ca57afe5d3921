import type * as pulumi from '@pulumi/pulumi';
import type { IpvlanFlag, IpvlanMode } from '../plan/network/mode';
import { AttachableNetwork } from './attachableNetwork';
import { declareShim } from './hostShim';
import type { NetworkArgs } from './networkDeclaration';

/** Arguments of {@link IpvlanNetwork}. */
export interface IpvlanNetworkArgs extends NetworkArgs {
  /**
   * `l2`: containers are in the VLAN's own subnets, and ask it for addresses (ARP). `l3`: the host's kernel routes for them, without
   * broadcast and without a gateway; others need a route to them. `l3s`: the same through the host's netfilter.
   * Default: `l2` (kernel, Documentation/networking/ipvlan.rst).
   */
  mode?: IpvlanMode;
  /** `bridge`: containers reach each other; `private`: they do not; `vepa`: only by way of the switch or router. Default: `bridge`. */
  flag?: IpvlanFlag;
}

/**
 * A Docker ipvlan network: containers have addresses of their own and share the parent's MAC, for ports that carry one MAC only; one
 * network a parent (Docker documentation, "IPvlan network driver"). Arguments that cannot be right are refused at preview.
 */
export class IpvlanNetwork extends AttachableNetwork {
  constructor(name: string, args: IpvlanNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const { mode, flag, ...common } = args;
    super({ component: 'IpvlanNetwork', driver: 'ipvlan', mode, flag }, name, common, opts);
    declareShim(name, args.shim, this);
  }
}
