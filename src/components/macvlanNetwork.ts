import type * as pulumi from '@pulumi/pulumi';
import type { MacvlanMode } from '../plan/network/mode';
import { AttachableNetwork } from './attachableNetwork';
import { requireArgs } from './componentArgs';
import { declareShim } from './hostShim';
import type { NetworkArgs } from './networkArgs';

/** Arguments of {@link MacvlanNetwork}. */
export interface MacvlanNetworkArgs extends NetworkArgs {
  /**
   * `bridge`: containers of one parent reach each other. `private`: they do not. `vepa`: only if the switch port reflects their
   * frames (802.1Qbg). `passthru`: one container has the parent alone, and the parent takes its MAC; the host's own address
   * there does not work meanwhile. Default: `bridge` (ip-link(8)).
   */
  mode?: MacvlanMode;
}

/**
 * A Docker macvlan network: each container is a machine of its own on the VLAN, with its own MAC and address (Docker documentation,
 * "Macvlan network driver"). Wrong arguments are refused at preview.
 */
export class MacvlanNetwork extends AttachableNetwork {
  constructor(name: string, args: MacvlanNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const { mode, ...common } = requireArgs('MacvlanNetwork', name, args);
    super({ component: 'MacvlanNetwork', driver: 'macvlan', mode }, name, common, opts);
    declareShim(name, args.shim, this);
  }
}
