import * as pulumi from '@pulumi/pulumi';
import type { MacvlanMode } from '../plan/network/mode';
import { type NetworkArgs, NetworkDeclaration } from './networkDeclaration';

/** Arguments of {@link MacvlanNetwork}. */
export interface MacvlanNetworkArgs extends NetworkArgs {
  /**
   * `bridge`: containers of one parent reach each other. `private`: they do not. `vepa`: only if the switch port reflects their
   * frames (802.1Qbg). `passthru`: one container has the parent for itself, which takes its MAC, and the host's own address there is
   * dead. Default: `bridge` (ip-link(8)).
   */
  mode?: MacvlanMode;
}

/**
 * A Docker macvlan network: each container is a machine of its own on the VLAN, with its own MAC and address (Docker documentation,
 * "Macvlan network driver"). Throws, with all problems at once, on arguments that cannot be right.
 */
export class MacvlanNetwork extends pulumi.ComponentResource {
  /** Docker's name of the network; containers that take it are replaced together with the network. */
  readonly networkName: pulumi.Output<string>;
  /** Docker's ID of the network. */
  readonly networkId: pulumi.Output<string>;
  /** @internal */
  readonly declaration: NetworkDeclaration;

  constructor(name: string, args: MacvlanNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const { mode, ...common } = args;
    const declaration = new NetworkDeclaration('MacvlanNetwork', name, common, { driver: 'macvlan', mode }, opts);
    const { inputs, hooks } = declaration;
    super('vlan-trunk:index:MacvlanNetwork', name, inputs, pulumi.mergeOptions(opts, { hooks }));

    this.declaration = declaration;
    const network = declaration.create(this);
    this.networkName = network.name;
    this.networkId = network.id;
    declaration.createShim(this);
    this.registerOutputs({ networkName: this.networkName, networkId: this.networkId });
  }
}
