import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { engineAtLeast, missingParent } from '../host/dockerReport';
import type { Look } from '../host/look';
import { type DockerNetworkPlan, planDockerNetwork } from '../plan/network/dockerNetwork';
import { sharedParentEngine } from '../plan/network/engine';
import { holdBack } from '../plan/network/heldBack';
import { vlanIdOfName } from '../plan/link/interfaceName';
import type { IpvlanFlag, IpvlanMode, MacvlanMode, NetworkDriver } from '../plan/network/mode';
import type { NetworkSpec } from '../plan/network/network';
import { nothingRead, readNetwork } from '../plan/network/network';
import { vlanNamed } from '../plan/link/vlanName';
import { type Problem, Problems } from '../plan/argument/problem';
import { checkShim, type ShimSpec } from '../plan/shim/shim';
import { ArgumentCheck } from './argumentCheck';
import type { Host } from './host';
import { HostShim, type ShimArgs } from './hostShim';
import type { IpvlanNetwork } from './ipvlanNetwork';
import { isKnownWhole, knownNow } from './knownNow';
import type { DeclaredNetwork } from './layout';
import type { MacvlanNetwork } from './macvlanNetwork';
import { Preflight, preflightHooks } from './preflight';
import type { SubnetArgs } from './subnetArgs';
import type { Vlan } from './vlanTrunk';

/** What macvlan and ipvlan networks take alike. */
export interface NetworkArgs {
  /** The host that the network is on. */
  host: Host;
  /** Docker's name of the network. Default: the component's name. */
  name?: pulumi.Input<string>;
  /** `trunk.vlan(50)`, or the name of an interface on the host. Default: none, and containers reach each other on this host only. */
  parentInterface?: Vlan | string;
  /** One or more subnets, IPv4 or IPv6. */
  subnets: SubnetArgs[];
  /** No default route, and no outside DNS: containers reach their own subnets only. Default: false, and true without a parent. */
  internal?: pulumi.Input<boolean>;
  /** Docker labels of the network. Default: none. */
  labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** The host's own leg into the network, as a {@link HostShim}; its addresses are held back from Docker. Default: none. */
  shim?: ShimArgs;
}

/** Which driver, and how it is set. */
export interface NetworkKind {
  driver: NetworkDriver;
  mode: MacvlanMode | IpvlanMode | undefined;
  flag?: IpvlanFlag | undefined;
}

/** What both network components are made of: their arguments checked, noted in the host's layout, and made a Docker network. */
export class NetworkDeclaration {
  /** The arguments as the plan reads them, which the engine shows of the component. */
  readonly inputs: ReturnType<typeof networkInputs>;
  readonly hooks: pulumi.ResourceHookBinding;
  /** What checks of containers and of the host read. */
  readonly declared: DeclaredNetwork;
  /** Known as soon as all arguments are, and with them `declared.plan`. */
  readonly isRead: pulumi.Output<true>;
  private readonly check: ArgumentCheck<NetworkSpec>;
  private knownPlan: DockerNetworkPlan | undefined;
  private created: docker.Network | undefined;

  constructor(
    private readonly component: 'MacvlanNetwork' | 'IpvlanNetwork',
    private readonly name: string,
    readonly args: NetworkArgs,
    kind: NetworkKind,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    const { host, parentInterface } = args;
    this.inputs = networkInputs(name, args, kind);
    // With `dependsOn` the program says itself what comes first.
    const namedParent =
      opts?.dependsOn === undefined && typeof parentInterface === 'string' ? parentInterface : undefined;
    this.declared = { name, vlan: vlanName(parentInterface), namedParent, plan: nothingRead };
    this.check = new ArgumentCheck<NetworkSpec>(component, name, this.inputs, (values) => this.read(values));
    // Only what is right by itself, which the check above has seen.
    host.layout.addNetwork(this.declared);
    this.isRead = this.check.plan(() => true, true);
    this.hooks = preflightHooks(this.check.gate, host.layout.gate);
  }

  /** The Docker network, with the component that declares it as its parent. */
  create(parent: pulumi.ComponentResource): docker.Network {
    const { host, parentInterface } = this.args;
    const plan = this.check.plan(planDockerNetwork, standIn).apply((known) => (this.knownPlan = known));
    const preflight = host.preflight && new Preflight(`${this.component} ${this.name}`, () => this.lookAt());
    return (this.created = new docker.Network(`${this.name}-network`, networkArgs(this.inputs.name, plan), {
      parent,
      ...host.dockerOptions(preflight),
      dependsOn: typeof parentInterface === 'object' ? parentInterface.dependencies : [],
    }));
  }

  /** The host's own leg, where one was declared together with the network. */
  createShim(network: MacvlanNetwork | IpvlanNetwork): void {
    const { shim } = this.args;
    if (shim !== undefined) new HostShim(`${this.name}-shim`, { ...shim, network }, { parent: network });
  }

  /** What must be there before anything is made beside the network. */
  get dockerNetwork(): docker.Network {
    if (this.created === undefined) throw new Error('the network is declared, but not created yet');
    return this.created;
  }

  private read(values: unknown): Problem[] {
    const problems = new Problems();
    const plan = readNetwork(problems, values);
    const { shim } = values as { shim?: ShimSpec };
    const ofShim = shim === undefined ? [] : checkShim({ ...shim, network: plan });
    // What was read whole before the program went on is the same when its outputs have resolved.
    if (!this.declared.plan.isWhole) {
      this.declared.plan = plan;
      this.args.host.layout.changed();
    }
    return [...problems.list, ...ofShim.map(belowShim), ...checkSameHost(this.args)];
  }

  /** Compares what is asked for with what the host's Engine can do. */
  private async lookAt(): Promise<Look<true> | undefined> {
    const { host } = this.args;
    const report = await host.preflight?.found();
    if (report?.kind !== 'seen' || this.knownPlan === undefined) return undefined;
    const { mode, parentInterface } = this.declared.plan;
    if (mode === 'passthru' && parentInterface !== undefined && parentInterface === report.value.arrival) {
      return { kind: 'refused', reason: `passthru on ${parentInterface} would cut the host off: ssh arrives by it` };
    }
    const missing = missingParent(report.value, this.declared.namedParent);
    if (missing !== undefined) return { kind: 'refused', reason: `parentInterface: ${missing}` };
    const able = engineAtLeast(report.value, this.knownPlan.minimumEngine, 'a network with these subnets');
    if (able.kind !== 'seen') return able;
    const together = sharedParentEngine(host.layout.onSameParent(this.declared));
    return engineAtLeast(report.value, together, 'a second network on one parent interface');
  }
}

/** Stands where a preview that fails shows a network. */
const standIn: DockerNetworkPlan = {
  driver: 'macvlan',
  options: {},
  internal: false,
  ipv6: false,
  ipamConfigs: [],
  labels: {},
  minimumEngine: 0,
};

/** The arguments as the plan reads them; the VLAN handle is the name of its subinterface there. */
function networkInputs(component: string, args: NetworkArgs, kind: NetworkKind) {
  const { name = component, parentInterface: parent, internal, labels, shim } = args;
  const parentInterface = typeof parent === 'object' ? parent.interfaceName : parent;
  const subnets = shim === undefined ? args.subnets : args.subnets.map((subnet) => withShim(subnet, shim));
  return { ...kind, name, parentInterface, subnets, internal, labels, ...(shim && { shim: { ...shim } }) };
}

/** The subnet with the shim's addresses held back: at once where all of it is plain. */
function withShim(subnet: SubnetArgs, { addresses }: ShimArgs): SubnetArgs {
  const add = (values: { subnet: unknown; addresses: unknown }) =>
    holdBack(values.subnet, values.addresses) as Record<string, string>;
  const values = { subnet, addresses };
  const auxiliaryAddresses = isKnownWhole(knownNow(values)) ? add(values) : pulumi.output(values).apply(add);
  return { ...subnet, auxiliaryAddresses };
}

/** What is wrong with the network for a shim is wrong with declaring one. */
function belowShim({ path, message }: Problem): Problem {
  return { path: path === 'network' ? 'shim' : `shim.${path}`, message };
}

/** A name for what the network is on, the same on each host of a site; a NIC carries what is not tagged. */
function vlanName(parentInterface: Vlan | string | undefined): string | undefined {
  if (typeof parentInterface === 'object') return vlanNamed(parentInterface.protocol, parentInterface.vlanId);
  if (typeof parentInterface !== 'string') return undefined;
  const vlanId = vlanIdOfName(parentInterface);
  return vlanId === undefined ? 'untagged' : vlanNamed('802.1Q', vlanId);
}

function checkSameHost({ host, parentInterface }: NetworkArgs): Problem[] {
  if (typeof parentInterface !== 'object' || parentInterface.host === host) return [];
  return [{ path: 'parentInterface', message: `VLAN ${parentInterface.vlanId} is on another host than the network` }];
}

function networkArgs(name: pulumi.Input<string>, plan: pulumi.Output<DockerNetworkPlan>): docker.NetworkArgs {
  return {
    // Without a name of its own the provider makes the new network before the old one is gone, and the pools overlap.
    name: pulumi.all([name, plan]).apply(([known]) => known),
    driver: plan.driver,
    options: plan.options,
    internal: plan.internal,
    ipv6: plan.ipv6,
    ipamConfigs: plan.ipamConfigs,
    labels: plan.apply(({ labels }) => Object.entries(labels).map(([label, value]) => ({ label, value }))),
  };
}
