import * as pulumi from '@pulumi/pulumi';
import type { IpvlanFlag, IpvlanMode } from '../plan/network/mode';
import { type NetworkArgs, NetworkDeclaration } from './networkDeclaration';

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
 * network a parent (Docker documentation, "IPvlan network driver"). Throws, with all problems at once, on arguments that cannot be right.
 */
export class IpvlanNetwork extends pulumi.ComponentResource {
  /** Docker's name of the network; containers that take it are replaced together with the network. */
  readonly networkName: pulumi.Output<string>;
  /** Docker's ID of the network. */
  readonly networkId: pulumi.Output<string>;
  /** @internal */
  readonly declaration: NetworkDeclaration;

  constructor(name: string, args: IpvlanNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const { mode, flag, ...common } = args;
    const declaration = new NetworkDeclaration('IpvlanNetwork', name, common, { driver: 'ipvlan', mode, flag }, opts);
    const { inputs, hooks } = declaration;
    super('vlan-trunk:index:IpvlanNetwork', name, inputs, pulumi.mergeOptions(opts, { hooks }));

    this.declaration = declaration;
    const network = declaration.create(this);
    this.networkName = network.name;
    this.networkId = network.id;
    declaration.createShim(this);
    this.registerOutputs({ networkName: this.networkName, networkId: this.networkId });
  }
}
