import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { unknown } from '../plan/argument/known';
import { type Problem, Problems } from '../plan/argument/problem';
import { type DockerNetworkPlan, planDockerNetwork } from '../plan/network/dockerNetwork';
import { holdBack } from '../plan/network/heldBack';
import type { IpvlanFlag, IpvlanMode, MacvlanMode, NetworkDriver } from '../plan/network/mode';
import { type NetworkPlan, nothingRead, type NetworkSpec, readNetwork } from '../plan/network/network';
import { type NetworkReference, referTo } from '../plan/network/networkReference';
import { readShim } from '../plan/shim/shim';
import { ArgumentCheck, type Reading } from './argumentCheck';
import { isArgsObject, requirePlainObject, requirePlainList } from './componentArgs';
import { DockerDrift } from './dockerDrift';
import { dockerNetworkArgs } from './dockerNetworkArgs';
import type { Host } from './host';
import { isFullyKnown, knownNow } from './knownNow';
import type { DeclaredNetwork } from './hostLayout';
import { standingOn } from './linkIdentity';
import { requirePhysicalNetwork } from './physicalNetworkArgs';
import { Program } from './program';
import { requireHost, requirePlain } from './requirement';
import { compareNetwork } from './networkComparison';
import type { NetworkArgs } from './networkArgs';
import { probeNetwork } from './networkProbe';
import type { ShimArgs } from './shimArgs';
import type { SubnetArgs } from './subnetArgs';
import { isVlan, type Vlan } from './vlan';
import { withoutStackTraces } from './withoutStackTraces';

/** The component that declares a network, and the network's driver with its settings. */
export interface NetworkKind {
  component: 'MacvlanNetwork' | 'IpvlanNetwork';
  driver: NetworkDriver;
  mode: MacvlanMode | IpvlanMode | undefined;
  flag?: IpvlanFlag | undefined;
}

/** The common part of both network components: checks the arguments, adds the network to the host's layout and makes the Docker network. */
export class NetworkDeclaration {
  /** The inputs that the engine shows of the component. */
  readonly shown: pulumi.Inputs;
  private readonly drift: DockerDrift;
  readonly host: Host;
  /** The network for the checks of containers and of the host. */
  readonly declared: DeclaredNetwork;
  private readonly inputs: ReturnType<typeof networkInputs>;
  private readonly check: ArgumentCheck<DockerNetworkPlan>;
  private created: docker.Network | undefined;

  constructor(
    private readonly kind: NetworkKind,
    private readonly name: string,
    readonly args: NetworkArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    const { parentInterface } = args;
    const handle = isVlan(parentInterface) ? parentInterface : undefined;
    const { host = handle?.host } = args;
    this.host = requireHost(kind.component, name, host);
    this.inputs = networkInputs(name, args, kind);
    // With `dependsOn` the program itself sets the order.
    const namedParent =
      opts?.dependsOn === undefined && typeof parentInterface === 'string' ? parentInterface : undefined;
    this.declared = { name, namedParent, plan: nothingRead };
    this.check = new ArgumentCheck<DockerNetworkPlan>(
      { kind: kind.component, name, parent: opts?.parent },
      // The trunk has reported why the VLAN is refused, so its name counts as unknown here.
      handle?.isRefused === true ? { ...this.inputs, parentInterface: unknown } : this.inputs,
      (values) => this.read(values),
      () => probeNetwork(this.host, this.declared, () => this.check.known, typeof args.parentInterface === 'string'),
    );
    this.host.layout.addNetwork(this.declared);
    this.host.layout.isOnPhysicalNetwork('networks', name, parentInterface, args.physicalNetwork);
    this.drift = new DockerDrift(this.host.drifts, this.check, (report) =>
      compareNetwork(this.declared.plan.name, this.check.known, report),
    );
    this.shown = { ...this.check.inputs(this.inputs), ...this.drift.inputs };
  }

  /** True on the VLAN of another VLAN. */
  get isNested(): boolean {
    const { parentInterface } = this.args;
    return isVlan(parentInterface) && parentInterface.isNested;
  }

  /** Options of the component. */
  options(opts: pulumi.ComponentResourceOptions | undefined): pulumi.ComponentResourceOptions {
    const hooks = this.check.hooks([this.host.check], this.drift.hook);
    return this.host.keeping(pulumi.mergeOptions(opts, { hooks }), this.drift.kept);
  }

  /** Resolves once all arguments are known, and with them `declared.plan`. */
  get isRead(): pulumi.Output<true> {
    return this.check.isRead;
  }

  /** True if the arguments are wrong. */
  get isWrong(): boolean {
    return this.check.isWrong;
  }

  /** The Docker network, with the component that declares it as its parent. */
  create(parent: pulumi.ComponentResource): docker.Network {
    const { parentInterface } = this.args;
    const { owner } = this.host;
    const {
      dependencies: dependsOn,
      identity,
      removal,
    } = isVlan(parentInterface) ? parentInterface : withRemoval(this.host.removals.ofNetworks(parentInterface));
    const urns = [parent, ...dependsOn].map(({ urn }) => urn);
    const turn = this.host.share.turn('network', [this.inputs, this.check.plan, owner, urns]);
    const plan = turn.before(this.check.plan);
    const kept: string[] = [];
    const args = dockerNetworkArgs(this.inputs.name, plan, owner, this.drift, kept);
    if (identity !== undefined) args.options = standingOn(identity, plan.options);
    const options = {
      parent,
      ...this.host.dockerOptions(this.check.hooks([this.host.check])),
      // Names and subnets can be held by one network at a time, and an address that is another one may lead to the same host.
      deleteBeforeReplace: true,
      dependsOn,
      // It takes all networks on its links along, in one session.
      ...(removal !== undefined && { deletedWith: removal }),
    };
    this.created = withoutStackTraces(
      () => new docker.Network(`${this.name}-network`, args, this.host.keeping(options, kept)),
    );
    this.drift.toldWith(parent);
    turn.until(this.created);
    return this.created;
  }

  /** The resource that a shim depends on. */
  get dockerNetwork(): docker.Network {
    if (this.created === undefined) throw new Error('the network is declared, but not created yet');
    return this.created;
  }

  /** What other stacks' containers are attached to it and checked by. */
  reference({ id, name }: docker.Network): pulumi.Output<NetworkReference> {
    const { host, declared } = this;
    return pulumi.all([id, name, host.address, this.isRead]).apply(async ([networkId, networkName, address]) => {
      // Addresses of containers may become known after the network.
      await Program.current().gate.patience();
      const { plan } = declared;
      const where = { host: address, id: networkId, name: networkName };
      return referTo(plan, where, host.layout.placeOf(plan.parentInterface), host.layout.takenAddresses(plan));
    });
  }

  private read(values: unknown): Reading<DockerNetworkPlan> {
    const problems = new Problems();
    const plan = readNetwork(problems, values);
    requirePlain(problems.at('parentInterface'), this.args.parentInterface);
    const settled = settledPhysicalNetwork(this.args.parentInterface);
    requirePhysicalNetwork(problems.at('physicalNetwork'), this.args, settled);
    requirePlainList(problems.at('subnets'), this.args.subnets);
    requirePlain(problems.at('mode'), this.kind.mode);
    requirePlain(problems.at('flag'), this.kind.flag);
    this.checkShim(problems, (values as { shim?: object }).shim, plan);
    // A plan that was complete in the constructor is kept: it cannot change, and containers and shims refer to that object.
    if (!this.declared.plan.isComplete) {
      this.declared.plan = plan;
      this.host.layout.changed();
    }
    return {
      problems: [...problems.list, ...this.checkSameHost()],
      plan: () => planDockerNetwork(values as NetworkSpec),
    };
  }

  private checkShim(problems: Problems, values: object | undefined, network: NetworkPlan): void {
    const { shim } = this.args;
    if (shim === undefined) return;
    requirePlainObject(problems.at('shim'), shim);
    if (!isArgsObject(shim)) return;
    const ofShim = new Problems();
    readShim(ofShim, { ...values, network });
    problems.list.push(...ofShim.list.map(belowShim));
  }

  private checkSameHost(): Problem[] {
    const { parentInterface } = this.args;
    if (!isVlan(parentInterface) || parentInterface.host === this.host) return [];
    return [{ path: 'parentInterface', message: `VLAN ${parentInterface.vlanId} is on another host than the network` }];
  }
}

/** What a network without a handle stands on. */
function withRemoval(removal: pulumi.Resource): Pick<Vlan, 'dependencies' | 'identity' | 'removal'> {
  return { dependencies: [removal], identity: removal, removal };
}

/** The arguments as the plan reads them, with the name of the subinterface in place of a VLAN handle. */
function networkInputs(component: string, args: NetworkArgs, { driver, mode, flag }: NetworkKind) {
  const { name = component, parentInterface: parent, physicalNetwork, internal, labels, shim } = args;
  const parentInterface = isVlan(parent) ? parent.interfaceName : parent;
  const subnets =
    isArgsObject(shim) && Array.isArray(args.subnets)
      ? args.subnets.map((subnet) => (isArgsObject(subnet) ? withShim(subnet, shim) : subnet))
      : args.subnets;
  return {
    driver,
    mode,
    ...(flag !== undefined && { flag }),
    name,
    parentInterface,
    physicalNetwork,
    subnets,
    internal,
    labels,
    ...(isArgsObject(shim) && { shim: { ...shim } }),
  };
}

/** The subnet with the shim's addresses added to its auxiliary addresses; a plain value if subnet and addresses are plain. */
function withShim(subnet: SubnetArgs, { addresses }: ShimArgs): SubnetArgs {
  const add = (values: { subnet: unknown; addresses: unknown }) =>
    holdBack(values.subnet, values.addresses) as Record<string, string>;
  const values = { subnet, addresses };
  const auxiliaryAddresses = isFullyKnown(knownNow(values)) ? add(values) : pulumi.output(values).apply(add);
  return { ...subnet, auxiliaryAddresses };
}

/** A shim's problem with its network is reported at the argument `shim`, its other problems below it. */
function belowShim({ path, message }: Problem): Problem {
  return { path: path === 'network' ? 'shim' : `shim.${path}`, message };
}

/** Why the network cannot name one; false where it can. */
function settledPhysicalNetwork(parentInterface: Vlan | string | undefined): string | false {
  if (parentInterface === undefined) return 'the network has no parent interface';
  return isVlan(parentInterface) && 'that of the trunk holds';
}
