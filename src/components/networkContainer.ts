import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { engineAtLeast } from '../host/dockerReport';
import type { ProbeResult } from '../host/probeResult';
import { Problems } from '../plan/argument/problem';
import { type AttachmentSpec, type ContainerSpec, readContainer } from '../plan/container/container';
import { type ContainerPlan, planContainer } from '../plan/container/containerPlan';
import type { Ipv6Mode } from '../plan/container/ipv6Mode';
import type { NetworkPlan } from '../plan/network/network';
import { ArgumentCheck, type Reading } from './argumentCheck';
import { AttachableNetwork } from './attachableNetwork';
import type { Host } from './host';
import type { DeclaredContainer } from './layout';
import type { NetworkDeclaration } from './networkDeclaration';
import { normalPassThrough } from './passThrough';
import { requirePlainList } from './requirement';

/** One attachment: the container on one network. */
export interface AttachmentArgs {
  /** The network; each at most once. */
  network: AttachableNetwork;
  /** Fixed IPv4 address in one of the network's subnets. Default: Docker hands one out. */
  ipv4Address?: pulumi.Input<string>;
  /** Fixed IPv6 address in one of the network's subnets. Default: Docker hands one out if the network has IPv6. */
  ipv6Address?: pulumi.Input<string>;
  /** Further names under which the containers of this network find it. Default: none. */
  aliases?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * This network gives the container its default route. To be said once where several could, and beside a network with a gateway in
   * one IP version and `none` in the other. Needs Engine 28 (`GwPriority`), unless it is the first of the networks by name; 29.4.1 for a
   * network with one IP version beside one with both.
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

/**
 * Arguments of {@link NetworkContainer}: those of `docker.Container`, with `attachments` in place of its networks. Each may be spelled as
 * Docker takes it (`NET_ADMIN`, `60s`, `cpus: '2'`). The provider leaves no way for some, which replace the container at every run after a
 * refresh: IPv6 addresses in `hosts`, `systempaths=unconfined`, a `platform` with an architecture, `cpus` such as 0.05, `container:NAME`
 * modes. See docs/containerArguments.md.
 */
export interface NetworkContainerArgs extends Omit<docker.ContainerArgs, 'networksAdvanced' | 'networkMode'> {
  /** The networks that the container is on, all on one host; at least one. */
  attachments: AttachmentArgs[];
}

/**
 * A container on one or more networks of one host, started there and replaced together with its networks. Arguments that
 * cannot be right are refused at preview.
 */
export class NetworkContainer extends pulumi.ComponentResource {
  /** The container, with all outputs of the docker provider. */
  readonly container: docker.Container;
  /** Docker's name of the container. */
  readonly containerName: pulumi.Output<string>;

  constructor(name: string, args: NetworkContainerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { attachments: given, ...rest } = args;
    const attachments = attachmentsOf(given);
    const host = hostOf(attachments);
    const declared: DeclaredContainer = { name, spec: () => ({ attachments: [] }) };
    const check: ArgumentCheck<PlannedContainer> = new ArgumentCheck<PlannedContainer>(
      { kind: 'NetworkContainer', name, parent: opts?.parent },
      containerInputs({ ...args, name: args.name ?? name }, attachments),
      (values) => {
        const spec = () => withPlans(attachments, values as ContainerValues);
        declared.spec = spec;
        host?.layout.changed();
        return readContainerArgs(spec(), given, attachments);
      },
      () => probe(host, check.known),
    );
    host?.layout.addContainer(declared);
    const hooks = check.hooks(...(host === undefined ? [] : [host.check]));
    const shown = check.inputs(shownInputs(rest, attachments));
    super('vlan-trunk:index:NetworkContainer', name, shown, pulumi.mergeOptions(opts, { hooks }));

    const { plan } = check;
    this.container = new docker.Container(
      `${name}-container`,
      {
        ...normalPassThrough(`NetworkContainer ${name}`, rest, host),
        name: rest.name ?? name,
        sysctls: attachments.some(({ ipv6 }) => ipv6 !== undefined) ? withSysctls(rest.sysctls, plan) : rest.sysctls,
        networksAdvanced: attachments.flatMap(({ network }, index) =>
          // What is no network is refused; the type does not hold in a JavaScript program.
          declarationOf(network) === undefined ? [] : [attach(network, plan, index)],
        ),
      },
      // A container's name, address and MAC can be held by one at a time.
      { parent: this, ...host?.dockerOptions(), hooks, deleteBeforeReplace: true },
    );
    this.containerName = this.container.name;
    this.registerOutputs({ containerName: this.containerName });
  }
}

/** What Docker is asked for, and the attachments as they resolved. */
type PlannedContainer = ContainerPlan & { attachments: AttachmentValues[] };

function readContainerArgs(
  spec: ContainerSpec,
  given: unknown,
  attachments: readonly AttachmentArgs[],
): Reading<PlannedContainer> {
  const problems = new Problems();
  readContainer(problems, Array.isArray(given) ? spec : { ...spec, attachments: given });
  requirePlainList(problems.at('attachments'), given);
  checkOneHost(problems.at('attachments'), attachments);
  // A wrong network reports its own problems.
  if (attachments.some(({ network }) => declarationOf(network)?.isWrong !== false)) return { problems: problems.list };
  return { problems: problems.list, plan: () => ({ ...planContainer(spec), attachments: [...spec.attachments] }) };
}

/** Asks whether the host's Engine heeds what the attachments ask for. */
async function probe(host: Host | undefined, plan: ContainerPlan | undefined): Promise<ProbeResult<true> | undefined> {
  const report = await host?.report();
  if (report === undefined || plan === undefined) return undefined;
  const reasons = plan.needs.flatMap(({ path, engine, reason }) => {
    const look = engineAtLeast(report, engine, path);
    return look.kind === 'seen' ? [] : [reason === undefined ? look.reason : `${look.reason} (${reason})`];
  });
  return reasons.length === 0 ? undefined : { kind: 'refused', reason: reasons.join('; ') };
}

/** The attachments, as far as they are given as a list. */
function attachmentsOf(given: unknown): AttachmentArgs[] {
  const items: unknown[] = Array.isArray(given) ? given : [];
  return items.map((item) => (typeof item === 'object' && item !== null ? item : {}) as AttachmentArgs);
}

/** The declaration of an attachment's network; `undefined` where that is no network of ours. */
function declarationOf(network: unknown): NetworkDeclaration | undefined {
  return network instanceof AttachableNetwork ? network.declaration : undefined;
}

/** What the engine shows of the component: all of its arguments, so that a change of any reaches the gate before the container goes. */
function shownInputs(rest: Omit<NetworkContainerArgs, 'attachments'>, attachments: AttachmentArgs[]): pulumi.Inputs {
  const shown = attachments.map(({ network, ...more }) => ({
    ...more,
    network: declarationOf(network) && network.networkName,
  }));
  return { ...rest, attachments: shown };
}

/** What the checks read, without the networks: of these, only that they are known. */
function containerInputs({ name, ports, sysctls }: NetworkContainerArgs, attachments: AttachmentArgs[]) {
  const known = attachments.map(({ network, ...rest }) => ({ ...rest, network: declarationOf(network)?.isRead }));
  return { name, attachments: known, ports, sysctls };
}

type AttachmentValues = Omit<AttachmentSpec, 'network'>;

/** The same, as far as it has resolved. */
interface ContainerValues {
  name: string;
  attachments: AttachmentValues[];
  ports?: unknown[];
  sysctls?: Record<string, string>;
}

/** The same with each network as it was read once for all that is on it; one that is no network stays what it is. */
function withPlans(attachments: AttachmentArgs[], values: ContainerValues): ContainerSpec {
  return {
    ...values,
    attachments: values.attachments.map((one, index) => {
      const network: unknown = attachments[index]?.network;
      return { ...one, network: declarationOf(network)?.declared.plan ?? (network as NetworkPlan) };
    }),
  };
}

function hostOf(attachments: AttachmentArgs[]): Host | undefined {
  return declarationOf(attachments[0]?.network)?.host;
}

/**
 * The network's name as its resource gives it, so that a replaced network replaces its containers in the same `up`; the
 * rest only after the check of the resolved values.
 */
function attach(
  { networkName }: AttachableNetwork,
  plan: pulumi.Output<PlannedContainer>,
  index: number,
): docker.types.input.ContainerNetworksAdvanced {
  const own = plan.apply(({ attachments }) => attachments[index]);
  const endpoint = plan.apply(({ endpoints }) => endpoints[index]);
  return {
    name: networkName,
    ipv4Address: own.apply((attachment) => attachment?.ipv4Address as string | undefined),
    ipv6Address: own.apply((attachment) => attachment?.ipv6Address as string | undefined),
    aliases: own.apply((attachment) => attachment?.aliases as string[] | undefined),
    driverOpts: endpoint.apply((known) => (known?.driverOptions.length ? known.driverOptions : undefined)),
    gwPriority: endpoint.apply((known) => known?.gatewayPriority),
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

function checkOneHost(problems: Problems, attachments: readonly AttachmentArgs[]): void {
  const hosts = attachments.map(({ network }) => declarationOf(network)?.host);
  hosts.forEach((host, index) => {
    if (host === undefined || host === hosts[0]) return;
    problems.at(index).at('network').say('is on another host than attachments[0].network');
  });
}
