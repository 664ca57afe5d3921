import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import type { NetworkReference } from '../plan/network/networkReference';
import type { NetworkArgs } from './networkArgs';
import { NetworkDeclaration, type NetworkKind } from './networkDeclaration';

/** The common base of `MacvlanNetwork` and `IpvlanNetwork`: a Docker network to which containers and shims can be attached. */
export abstract class AttachableNetwork extends pulumi.ComponentResource {
  /** The Docker network, with all outputs of the docker provider. */
  readonly network: docker.Network;
  /** Docker's name of the network. A container that takes it as an input is replaced together with the network. */
  readonly networkName: pulumi.Output<string>;
  /** Docker's ID of the network. */
  readonly networkId: pulumi.Output<string>;
  /** @internal */
  readonly declaration: NetworkDeclaration;
  private referred: pulumi.Output<NetworkReference> | undefined;

  protected constructor(
    kind: NetworkKind,
    name: string,
    args: NetworkArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    const declaration = new NetworkDeclaration(kind, name, args, opts);
    super(`vlan-trunk:index:${kind.component}`, name, declaration.shown, declaration.options(opts));

    this.declaration = declaration;
    this.network = declaration.create(this);
    this.networkName = this.network.name;
    this.networkId = this.network.id;
    this.registerOutputs({ networkName: this.networkName, networkId: this.networkId });
  }

  /**
   * Plain values for a stack output, by which containers of other stacks are attached to the network:
   * `attachments: [{ network: stackReference.requireOutput('dmz') }]`. Known once the network exists.
   */
  get reference(): pulumi.Output<NetworkReference> {
    if (this.referred === undefined) {
      this.referred = this.declaration.reference(this.network);
      referred.set(this.referred, this);
    }
    return this.referred;
  }

  /** @internal The network of this program whose reference this is. */
  static ofReference(reference: unknown): AttachableNetwork | undefined {
    return pulumi.Output.isInstance(reference) ? referred.get(reference) : undefined;
  }
}

const referred = new WeakMap<object, AttachableNetwork>();
