import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import type { WantedContainer } from '../host/containerDrift';
import { Problems } from '../plan/argument/problem';
import { readImage } from '../plan/container/imageName';
import { type AttachmentSpec, type ContainerSpec, readContainer } from '../plan/container/container';
import { type ContainerPlan, planContainer } from '../plan/container/containerPlan';
import type { Ipv6Mode } from '../plan/container/ipv6Mode';
import type { NetworkPlan } from '../plan/network/network';
import { ArgumentCheck, type Reading } from './argumentCheck';
import { AttachableNetwork } from './attachableNetwork';
import { isArgsObject, requireArgs } from './componentArgs';
import { compareContainer, declaration, type RunValues, wantedContainer } from './containerComparison';
import { probeContainer } from './containerProbe';
import { DockerDrift } from './dockerDrift';
import type { Host } from './host';
import { isLate, knownNow } from './knownNow';
import type { DeclaredContainer } from './layout';
import type { NetworkDeclaration } from './networkDeclaration';
import { withOwnLabels } from './ownLabels';
import { normalPassThrough } from './passThrough';
import { removedTogether } from './removedTogether';
import { requirePlainList } from './requirement';

/** One attachment: the container on one network. */
export interface AttachmentArgs {
  /** The network; each at most once. */
  network: AttachableNetwork;
  /** Fixed IPv4 address in one of the network's subnets. Default: Docker hands one out. */
  ipv4Address?: pulumi.Input<string>;
  /** Fixed IPv6 address in one of the network's subnets. Default: Docker hands one out if the network has IPv6. */
  ipv6Address?: pulumi.Input<string>;
  /** Further names of the container on this network, which Docker's resolver answers. Default: none. */
  aliases?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * True: this network gives the container its default route. Required for one attachment if several networks could, or if one of them has a
   * gateway in one IP version and `none` in the other. Needs Engine 28 (`GwPriority`), unless the network is the first by name; 29.4.1 if
   * it has one IP version and another network has both.
   */
  defaultRoute?: pulumi.Input<boolean>;
  /**
   * Source of the IPv6 address. `static`: only `ipv6Address` or Docker. `slaac`: router advertisements (RFC 4862), plus Docker's address if
   * the network has an IPv6 subnet. `off`: no IPv6. Default: Docker's address if the network has an IPv6 subnet, plus any address from
   * router advertisements. `static` and `slaac` need Engine 27.
   */
  ipv6?: pulumi.Input<Ipv6Mode>;
  /** Kernel settings of the interface, by their names with `IFNAME` in place of its own. Default: none. Needs Engine 27. */
  sysctls?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Name of the interface in the container, up to 15 bytes. Default: `eth0`, `eth1`, …, as Docker counts. Needs Engine 28. */
  interfaceName?: pulumi.Input<string>;
  /** Refused: the docker provider sends it in an API version (1.51) in which Engines ignore it, and each start would have another MAC. */
  macAddress?: never;
}

/**
 * Arguments of {@link NetworkContainer}: those of `docker.Container`, with `attachments` in place of its networks. Each may be in any
 * spelling that Docker accepts (`NET_ADMIN`, `60s`, `cpus: '2'`). Because of the provider, some replace the container at every run after a
 * refresh: IPv6 addresses in `hosts`, `systempaths=unconfined`, a `platform` with an architecture, `cpus` such as 0.05, `container:NAME`
 * modes. See docs/containerArguments.md.
 */
export interface NetworkContainerArgs extends Omit<docker.ContainerArgs, 'networksAdvanced' | 'networkMode'> {
  /** The networks that the container is on, all on one host; at least one. */
  attachments: AttachmentArgs[];
}

/**
 * A container on one or more networks of one host, started there and replaced together with its networks. Wrong arguments are refused at
 * preview.
 */
export class NetworkContainer extends pulumi.ComponentResource {
  /** The container, with all outputs of the docker provider. */
  readonly container: docker.Container;
  /** Docker's name of the container. */
  readonly containerName: pulumi.Output<string>;
  /** @internal The host that its networks are on; `undefined` where they are none. */
  readonly host: Host | undefined;

  constructor(name: string, args: NetworkContainerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { attachments: given, ...rest } = requireArgs('NetworkContainer', name, args);
    const { name: containerName = name } = rest;
    const attachments = attachmentsOf(given);
    const host = hostOf(attachments);
    const declared: DeclaredContainer = { name, spec: () => ({ attachments: [] }) };
    const check: ArgumentCheck<PlannedContainer> = new ArgumentCheck<PlannedContainer>(
      { kind: 'NetworkContainer', name, parent: opts?.parent },
      containerInputs({ ...args, name: containerName }, attachments),
      (values) => {
        const spec = () => withPlans(attachments, values as ContainerValues);
        declared.spec = spec;
        host?.layout.changed();
        return readContainerArgs(spec(), args, attachments);
      },
      () => probeContainer(host, check.known),
    );
    host?.layout.addContainer(declared);
    const members = host === undefined ? [] : [host.check];
    const hooks = check.hooks(members);
    const drift =
      host &&
      new DockerDrift(host.drifts, check, (report) => compareContainer(check.known?.wanted, report), declaration);
    const shown = { ...check.inputs(shownInputs(rest, attachments)), ...drift?.inputs };
    const own = pulumi.mergeOptions(opts, { hooks: check.hooks(members, drift?.hook) });
    super('vlan-trunk:index:NetworkContainer', name, shown, host === undefined ? own : host.keeping(own, drift?.kept));
    drift?.toldWith(this);

    this.host = host;
    const names = attachments.flatMap(({ network }) => declarationOf(network) && network.networkName);
    const owner = host?.removals.containerOwner;
    const turn = host?.share.turn('container', [rest, check.plan, names, owner, this.urn]);
    const plan = turn?.before(check.plan) ?? check.plan;
    const kept: string[] = [];
    const options = {
      ...{
        parent: this,
        hooks,
        ...host?.dockerOptions(hooks),
        ...removedTogether(
          rest,
          host,
          attachments.map(({ network }) => declarationOf(network)),
        ),
      },
      // Only one container at a time can have the name and the addresses.
      deleteBeforeReplace: true,
    };
    this.container = new docker.Container(
      `${name}-container`,
      {
        ...normalPassThrough(`NetworkContainer ${name}`, rest, host),
        name: containerName,
        image: imageOf(rest),
        labels: owner && drift ? withOwnLabels(rest.labels, owner, drift, kept) : rest.labels,
        sysctls: attachments.some(({ ipv6 }) => ipv6 !== undefined) ? withSysctls(rest.sysctls, plan) : rest.sysctls,
        networksAdvanced: attachments.flatMap(({ network }, index) =>
          // In a JavaScript program it may be something else than a network. The check refuses that.
          declarationOf(network) === undefined ? [] : [attach(network, plan, index)],
        ),
      },
      host === undefined ? options : host.keeping(options, kept),
    );
    turn?.until(this.container);
    this.containerName = this.container.name;
    this.registerOutputs({ containerName: this.containerName });
  }
}

/** The plan of the request to Docker, and the resolved name and attachments. */
type PlannedContainer = ContainerPlan & {
  name: string;
  attachments: AttachmentValues[];
  wanted: WantedContainer | undefined;
};

function readContainerArgs(
  spec: ContainerSpec & RunValues,
  { image, attachments: given }: NetworkContainerArgs,
  attachments: readonly AttachmentArgs[],
): Reading<PlannedContainer> {
  const problems = new Problems();
  if (!isLate(image)) readImage(problems.at('image'), image);
  readContainer(problems, { ...spec, attachments: attachmentsAsGiven(spec, given) });
  requirePlainList(problems.at('attachments'), given);
  checkOneHost(problems.at('attachments'), attachments);
  // A wrong network reports its own problems.
  if (attachments.some(({ network }) => declarationOf(network)?.isWrong !== false)) return { problems: problems.list };
  return {
    problems: problems.list,
    plan: () => {
      const plan = planContainer(spec);
      const wanted = wantedContainer(spec, plan, spec);
      return { ...plan, name: spec.name as string, attachments: [...spec.attachments], wanted };
    },
  };
}

/** The attachments if they are given as a list of objects; any other value counts as none or as empty, and is refused by the check. */
function attachmentsOf(given: unknown): AttachmentArgs[] {
  const items: unknown[] = Array.isArray(given) ? given : [];
  return items.map((item) => (isArgsObject(item) ? item : {}) as AttachmentArgs);
}

/** What is to be read as the attachments: those of the spec, and in place of what is no attachment the value that was given. */
function attachmentsAsGiven({ attachments }: ContainerSpec, given: unknown): unknown {
  if (!Array.isArray(given)) return knownNow(given);
  return attachments.map((read, index) => (isArgsObject(given[index]) ? read : knownNow(given[index])));
}

/** The provider's constructor would throw without an image, before the check has refused it. */
function imageOf({ image }: { image?: docker.ContainerArgs['image'] }): docker.ContainerArgs['image'] {
  return image ?? '';
}

/** The declaration of an attachment's network; `undefined` if that is not a network of this package. */
function declarationOf(network: unknown): NetworkDeclaration | undefined {
  return network instanceof AttachableNetwork ? network.declaration : undefined;
}

/** The inputs that the engine shows: all arguments, so that a change of any runs the gate before the old container is deleted. */
function shownInputs(rest: Omit<NetworkContainerArgs, 'attachments'>, attachments: AttachmentArgs[]): pulumi.Inputs {
  const shown = attachments.map(({ network, ...more }) => ({
    ...more,
    network: declarationOf(network) && network.networkName,
  }));
  return { ...rest, attachments: shown };
}

/** The values that the checks wait for and read. A network is represented by whether its arguments are known. */
function containerInputs(
  { name, ports, sysctls, mustRun, start, rm }: NetworkContainerArgs,
  attachments: AttachmentArgs[],
) {
  const known = attachments.map(({ network, ...rest }) => ({ ...rest, network: declarationOf(network)?.isRead }));
  return { name, attachments: known, ports, sysctls, mustRun, start, rm };
}

type AttachmentValues = Omit<AttachmentSpec, 'network'>;

/** The values of `containerInputs`, as far as they have resolved. */
interface ContainerValues extends RunValues {
  name: string;
  attachments: AttachmentValues[];
  ports?: unknown[];
  sysctls?: Record<string, string>;
}

/** The container with the plan of each network, which all containers of the network share. A value that is no network is left as it is. */
function withPlans(attachments: AttachmentArgs[], values: ContainerValues): ContainerSpec & RunValues {
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
 * The name is an output of the network's resource, so that a replaced network replaces its containers in the same `up`. All other values
 * come from the plan, which waits for the check.
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
    problems.at(index).at('network').addMessage('is on another host than attachments[0].network');
  });
}
