import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { engineAtLeast } from '../host/dockerReport';
import type { Look } from '../host/look';
import { type AttachmentSpec, checkAttachments, type ContainerSpec } from '../plan/container/container';
import { type ContainerPlan, type EndpointPlan, planContainer } from '../plan/container/containerPlan';
import type { Ipv6Mode } from '../plan/container/ipv6Mode';
import { nothingRead } from '../plan/network/network';
import type { Problem } from '../plan/argument/problem';
import { ArgumentCheck } from './argumentCheck';
import type { Host } from './host';
import { untilKnown } from './knownNow';
import type { IpvlanNetwork } from './ipvlanNetwork';
import type { DeclaredContainer } from './layout';
import type { MacvlanNetwork } from './macvlanNetwork';
import { Preflight, preflightHooks } from './preflight';

/** One attachment: the container on one network. */
export interface AttachmentArgs {
  /** The network; each at most once. */
  network: MacvlanNetwork | IpvlanNetwork;
  /** Fixed IPv4 address in one of the network's subnets. Default: Docker hands one out. */
  ipv4Address?: pulumi.Input<string>;
  /** Fixed IPv6 address in one of the network's subnets. Default: Docker hands one out if the network has IPv6. */
  ipv6Address?: pulumi.Input<string>;
  /** Further names under which the containers of this network find it. Default: none. */
  aliases?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * This network gives the container its default route. To be said once where several could, and beside a network with a gateway in
   * one IP version and `none` in the other. Needs Engine 28 (`GwPriority`), unless it is the first of the networks by name.
   */
  defaultRoute?: pulumi.Input<boolean>;
  /**
   * Where the IPv6 address comes from: `static`, from `ipv6Address` or Docker alone; `slaac`, from a router's advertisements (RFC 4862),
   * beside Docker's where the network has an IPv6 subnet; `off`, from nowhere. Default: whatever of it there is. Needs Engine 27.
   */
  ipv6?: pulumi.Input<Ipv6Mode>;
  /** Kernel settings of the interface, by their names with `IFNAME` in place of its own. Default: none. Needs Engine 27. */
  sysctls?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Name of the interface in the container, up to 15 bytes. Default: `eth0`, `eth1`, …, as Docker counts. Needs Engine 28. */
  interfaceName?: pulumi.Input<string>;
  /** Refused: the docker provider asks for it in an API version (1.51) in which no Engine heeds it; each start makes up another. */
  macAddress?: never;
}

/** Arguments of {@link NetworkContainer}: those of `docker.Container`, with `attachments` in place of its networks. */
export interface NetworkContainerArgs extends Omit<docker.ContainerArgs, 'networksAdvanced' | 'networkMode'> {
  /** The networks that the container is on, all on one host; at least one. */
  attachments: AttachmentArgs[];
}

/**
 * A container on one or more networks of one host, started there and replaced together with its networks. Throws, with
 * all problems at once, on arguments that cannot be right.
 */
export class NetworkContainer extends pulumi.ComponentResource {
  /** The container, with all outputs of the docker provider. */
  readonly container: docker.Container;
  /** Docker's name of the container. */
  readonly containerName: pulumi.Output<string>;
  private knownPlan: ContainerPlan | undefined;

  constructor(name: string, args: NetworkContainerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { attachments, ...rest } = args;
    const host = hostOf(attachments);
    const declared: DeclaredContainer = { name, spec: () => ({ attachments: [] }) };
    const inputs = containerInputs(args);
    const noted = untilKnown(() => host?.layout.changed());
    const check = new ArgumentCheck<ContainerValues>('NetworkContainer', name, inputs, (values) => {
      declared.spec = () => withPlans(attachments, values);
      noted(values.attachments.map(addressesOf));
      return [...checkAttachments(declared.spec()), ...checkOneHost(attachments)];
    });
    host?.layout.addContainer(declared);
    const hooks = preflightHooks(check.gate, host?.layout.gate);
    super('vlan-trunk:index:NetworkContainer', name, shownInputs(args), pulumi.mergeOptions(opts, { hooks }));

    const checked = check.plan((values) => plannedContainer(withPlans(attachments, values)), standIn);
    const plan = checked.apply((known) => (this.knownPlan = known.plan));
    const preflight = host?.preflight && new Preflight(`NetworkContainer ${name}`, () => this.lookAt(host));
    this.container = new docker.Container(
      `${name}-container`,
      {
        name,
        ...rest,
        memorySwap: rest.memorySwap ?? dockersMemorySwap(rest.memory),
        sysctls: attachments.some(({ ipv6 }) => ipv6 !== undefined) ? withSysctls(rest.sysctls, plan) : rest.sysctls,
        networksAdvanced: attachments.map(({ network }, index) =>
          attach(
            network,
            checked.apply(({ attachments: known }) => known[index]),
            plan.apply(({ endpoints }) => endpoints[index]),
          ),
        ),
      },
      // A container's name, address and MAC can be held by one at a time.
      { parent: this, ...host?.dockerOptions(preflight), deleteBeforeReplace: true },
    );
    this.containerName = this.container.name;
    this.registerOutputs({ containerName: this.containerName });
  }

  /** Asks whether the host's Engine heeds what the attachments say. */
  private async lookAt(host: Host): Promise<Look<true> | undefined> {
    const report = await host.preflight?.found();
    if (report?.kind !== 'seen' || this.knownPlan === undefined) return undefined;
    const looks = this.knownPlan.needs.map(({ path, engine }) => engineAtLeast(report.value, engine, path));
    const reasons = looks.flatMap((look) => (look.kind === 'seen' ? [] : [look.reason]));
    return reasons.length === 0 ? undefined : { kind: 'refused', reason: reasons.join('; ') };
  }
}

/** Stands where a preview that fails shows a container. */
const standIn: ReturnType<typeof plannedContainer> = {
  attachments: [],
  plan: { endpoints: [], sysctls: {}, needs: [] },
};

function plannedContainer(spec: ContainerSpec) {
  return { attachments: spec.attachments, plan: planContainer(spec) };
}

/** What the engine shows of the component: what is attached where, without the networks' own arguments. */
function shownInputs({ attachments, ports }: NetworkContainerArgs): pulumi.Inputs {
  return { attachments: attachments.map(({ network, ...rest }) => ({ ...rest, network: network.networkName })), ports };
}

/** What the checks read, without the networks: of these, only that they are known. */
function containerInputs({ attachments, ports, sysctls }: NetworkContainerArgs) {
  const known = attachments.map(({ network, ...rest }) => ({ ...rest, network: network.declaration.isRead }));
  return { attachments: known, ports, sysctls };
}

type AttachmentValues = Omit<AttachmentSpec, 'network'>;

/** The same, as far as it has resolved. */
interface ContainerValues {
  attachments: AttachmentValues[];
  ports?: unknown[];
  sysctls?: Record<string, string>;
}

/** The same with each network as it was read once for all that is on it. */
function withPlans(attachments: AttachmentArgs[], values: ContainerValues): ContainerSpec {
  const plans = attachments.map(({ network }) => network.declaration.declared.plan);
  return {
    ...values,
    attachments: values.attachments.map((one, index) => ({ ...one, network: plans[index] ?? nothingRead })),
  };
}

/** What the layout reads of an attachment; of its network it is told by the network. */
function addressesOf({ ipv4Address, ipv6Address }: AttachmentValues) {
  return [ipv4Address, ipv6Address];
}

function hostOf(attachments: AttachmentArgs[]): Host | undefined {
  return attachments[0]?.network.declaration.args.host;
}

/**
 * The network's name as its resource gives it, so that a replaced network replaces its containers in the same `up`; the
 * rest only after the check of the resolved values.
 */
function attach(
  { networkName }: AttachmentArgs['network'],
  checked: pulumi.Output<AttachmentValues | undefined>,
  plan: pulumi.Output<EndpointPlan | undefined>,
): docker.types.input.ContainerNetworksAdvanced {
  return {
    name: networkName,
    ipv4Address: checked.apply((attachment) => attachment?.ipv4Address as string | undefined),
    ipv6Address: checked.apply((attachment) => attachment?.ipv6Address as string | undefined),
    aliases: checked.apply((attachment) => attachment?.aliases as string[] | undefined),
    driverOpts: plan.apply((endpoint) => (endpoint?.driverOptions.length ? endpoint.driverOptions : undefined)),
    gwPriority: plan.apply((endpoint) => endpoint?.gatewayPriority),
  };
}

function withSysctls(
  own: NetworkContainerArgs['sysctls'],
  plan: pulumi.Output<ContainerPlan>,
): pulumi.Output<Record<string, string> | undefined> {
  return pulumi.all([own, plan]).apply(([given, { sysctls }]) => {
    const all = { ...given, ...sysctls };
    return Object.keys(all).length === 0 ? undefined : all;
  });
}

/** What Docker makes of a limit that says nothing of swap. The provider takes a default for a difference, again and again. */
function dockersMemorySwap(memory: NetworkContainerArgs['memory']): pulumi.Output<number | undefined> | undefined {
  return memory === undefined ? undefined : pulumi.output(memory).apply((limit) => limit && 2 * limit);
}

function checkOneHost(attachments: AttachmentArgs[]): Problem[] {
  const host = hostOf(attachments);
  return attachments.flatMap(({ network }, index) =>
    network.declaration.args.host === host
      ? []
      : [{ path: `attachments[${index}].network`, message: 'is on another host than attachments[0].network' }],
  );
}
