import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { engineAtLeast } from '../host/dockerReport';
import type { Look } from '../host/look';
import { type DockerNetworkPlan, planDockerNetwork } from '../plan/dockerNetwork';
import { checkNetwork, type NetworkSpec } from '../plan/network';
import type { Problem } from '../plan/problem';
import { ArgumentCheck } from './argumentCheck';
import type { Host } from './host';
import { Preflight } from './preflight';
import type { Vlan } from './vlanTrunk';

/** One subnet of a Docker network. */
export interface SubnetArgs {
  /** CIDR without host bits: `192.168.14.0/24`, `2001:db8:14::/64`. */
  subnet: pulumi.Input<string>;
  /** Address of the router in the subnet, or `none` for no default route. Docker reserves it: no container can have it. */
  gateway?: pulumi.Input<string>;
  /** Part of the subnet that Docker hands out to containers without a fixed address, in CIDR form. Default: all of it. */
  ipRange?: pulumi.Input<string>;
  /** Addresses that Docker never hands out, by a name of your own. Default: none. */
  auxiliaryAddresses?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Arguments of {@link MacvlanNetwork}. */
export interface MacvlanNetworkArgs {
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
}

/**
 * A Docker macvlan network in mode bridge: each container is a machine of its own on the VLAN, with its own MAC and address
 * (Docker documentation, "Macvlan network driver"). Throws, with all problems at once, on arguments that cannot be right.
 */
export class MacvlanNetwork extends pulumi.ComponentResource {
  /** Docker's name of the network; containers that take it are replaced together with the network. */
  readonly networkName: pulumi.Output<string>;
  /** Docker's ID of the network. */
  readonly networkId: pulumi.Output<string>;
  /** @internal */
  readonly host: Host;
  /** @internal What checks of containers read. */
  readonly spec: NetworkInputs;
  private knownPlan: DockerNetworkPlan | undefined;

  constructor(name: string, args: MacvlanNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = networkInputs(name, args);
    const checks = (values: NetworkSpec) => [...checkNetwork(values), ...checkSameHost(args)];
    const check = new ArgumentCheck<NetworkSpec>('MacvlanNetwork', name, declared, checks);
    super('vlan-trunk:index:MacvlanNetwork', name, declared, pulumi.mergeOptions(opts, { hooks: check.hooks }));

    const { host } = args;
    this.host = host;
    this.spec = declared;
    const plan = check.plan(planDockerNetwork, standIn).apply((known) => (this.knownPlan = known));
    const preflight = host.preflight && new Preflight(`MacvlanNetwork ${name}`, () => this.lookAt());
    const network = new docker.Network(`${name}-network`, networkArgs(declared.name, plan), {
      parent: this,
      ...host.dockerOptions(preflight),
      dependsOn: typeof args.parentInterface === 'object' ? args.parentInterface.dependencies : [],
    });
    this.networkName = network.name;
    this.networkId = network.id;
    this.registerOutputs({ networkName: this.networkName, networkId: this.networkId });
  }

  /** Compares what is asked for with what the host's Engine can do. */
  private async lookAt(): Promise<Look<true> | undefined> {
    const report = await this.host.preflight?.found();
    if (report?.kind !== 'seen' || this.knownPlan === undefined) return undefined;
    return engineAtLeast(report.value, this.knownPlan.minimumEngine, 'a network with these subnets');
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
export type NetworkInputs = ReturnType<typeof networkInputs>;

function networkInputs(component: string, args: MacvlanNetworkArgs) {
  const { name = component, parentInterface: parent, subnets, internal, labels } = args;
  const parentInterface = typeof parent === 'object' ? parent.interfaceName : parent;
  return { driver: 'macvlan', mode: 'bridge', name, parentInterface, subnets, internal, labels };
}

function checkSameHost({ host, parentInterface }: MacvlanNetworkArgs): Problem[] {
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
