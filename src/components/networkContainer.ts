import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { Problems } from '../plan/argument/problem';
import { readImage } from '../plan/container/imageName';
import { type ContainerSpec, readContainer } from '../plan/container/container';
import { planContainer } from '../plan/container/containerPlan';
import type { Ipv6Mode } from '../plan/container/ipv6Mode';
import { namespaceArguments } from '../plan/container/sharedNetwork';
import type { NetworkReference } from '../plan/network/networkReference';
import { ArgumentCheck, type Reading } from './argumentCheck';
import { AttachableNetwork } from './attachableNetwork';
import { AttachedNetworks } from './attachedNetworks';
import { isArgsObject, requireArgs, requirePlainList } from './componentArgs';
import { compareContainer, declaration, type RunValues, wantedContainer } from './containerComparison';
import { probeContainer, type ReadOnHost } from './containerProbe';
import { DockerDrift } from './dockerDrift';
import { endpointInput, withEndpointSysctls } from './endpointInputs';
import type { Host } from './host';
import { isLate, whenResolved } from './knownNow';
import type { DeclaredContainer } from './hostLayout';
import { withOwnLabels } from './ownLabels';
import { normalPassThrough } from './passThrough';
import {
  attachmentsAsGiven,
  type ContainerValues,
  gatewaysOf,
  onceReported,
  type PlannedContainer,
  specOf,
} from './plannedContainer';
import { removedTogether } from './removedTogether';
import { requireHost } from './requirement';
import { withoutStackTraces } from './withoutStackTraces';

/** One attachment: the container on one network. */
export interface AttachmentArgs {
  /**
   * The network; each at most once. A `MacvlanNetwork` or `IpvlanNetwork`; the `reference` of one that another stack declares, from that stack's
   * output; or one of any driver that this package does not declare: a `docker.Network` of the program, made with `provider: host.provider`, or the
   * name of one that is on the host already.
   */
  network: AttachableNetwork | docker.Network | pulumi.Input<string | NetworkReference>;
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
   * router advertisements. Where a network gives an IPv6 `gateway`, advertised default routes are ignored. `static` and `slaac` need Engine 27.
   */
  ipv6?: pulumi.Input<Ipv6Mode>;
  /** Kernel settings of the interface, by their names with `IFNAME` in place of its own. Default: none. Needs Engine 27. */
  sysctls?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Name of the interface in the container, up to 15 bytes. Default: `eth0`, `eth1`, …, as Docker counts. Needs Engine 28. */
  interfaceName?: pulumi.Input<string>;
  /**
   * MAC address of the interface, that of one machine (`02:00:5e:10:00:01`), on one attachment of the program only; or `derived`: one that is made from
   * project, stack, host, container and network, and stays for as long as these keep their names. Refused on ipvlan and in mode passthru. Default: as
   * Docker gives it; from Engine 28 on another one at each start. Needs Engine 29.3, and perl on the host.
   */
  macAddress?: pulumi.Input<string>;
}

/**
 * Arguments of {@link NetworkContainer}: those of `docker.Container`, with `attachments` in place of its networks. Each may be in any
 * spelling that Docker accepts (`NET_ADMIN`, `60s`, `cpus: '2'`). Because of the provider, some replace the container at every run after a
 * refresh: IPv6 addresses in `hosts`, `systempaths=unconfined`, a `platform` with an architecture, `cpus` such as 0.05, `container:NAME`
 * modes. See docs/containerArguments.md.
 */
export interface NetworkContainerArgs extends Omit<docker.ContainerArgs, 'networksAdvanced' | 'networkMode'> {
  /** The networks that the container is on, all on one host; at least one, unless `networkOf` is given. */
  attachments?: AttachmentArgs[];
  /**
   * In place of `attachments`: another container of the same host, in whose network namespace this one lives (Docker's network mode `container:`). It has
   * that one's interfaces, addresses, names and ports, and is replaced together with it. Where that one is started anew, this one has lost its network
   * until it is restarted too: the next `up` does that. Default: a namespace of its own.
   */
  networkOf?: NetworkContainer;
  /** The host. Default: that of the networks; required if none of them is a `MacvlanNetwork` or an `IpvlanNetwork`. */
  host?: Host;
  /**
   * Published ports. Docker publishes them on a bridge network, and of several networks only on the one that gives the container its default
   * route; refused elsewhere. A container's address on a macvlan or ipvlan network has every port open. Default: none.
   */
  ports?: docker.ContainerArgs['ports'];
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
  /** @internal The container in whose network namespace it lives: itself, or another one. */
  readonly namespace: NetworkContainer;
  /** @internal Docker's name as it is given, which is known before the container is there. */
  readonly givenName: pulumi.Input<string | undefined>;

  constructor(name: string, args: NetworkContainerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { attachments: given, networkOf, host: givenHost, ...rest } = requireArgs('NetworkContainer', name, args);
    const { name: containerName = name } = rest;
    const attachments = networkOf === undefined ? attachmentsOf(given) : [];
    const other = networkOf instanceof NetworkContainer ? networkOf.namespace : undefined;
    const host =
      givenHost === undefined ? (other?.host ?? hostOf(attachments)) : requireHost('NetworkContainer', name, givenHost);
    const networks = new AttachedNetworks(attachments, host);
    const read = () => readContainerArgs(declared.spec(), args, networks, host);
    /** Once the host has reported what it has. */
    const onHost = (): ReadOnHost<PlannedContainer> => {
      if (!networks.areNamed) return { problems: [], plan: check.known };
      const { problems, plan } = read();
      return { problems, plan: check.known && problems.length === 0 ? plan?.() : undefined };
    };
    const declared: DeclaredContainer & { spec: () => ContainerSpec & RunValues } = {
      name,
      spec: () => ({ attachments: [] }),
    };
    const check: ArgumentCheck<PlannedContainer> = new ArgumentCheck<PlannedContainer>(
      { kind: 'NetworkContainer', name, parent: opts?.parent },
      containerInputs({ ...args, name: containerName }, attachments, networks, other),
      (values) => {
        declared.spec = specOf(networks, values as ContainerValues, host);
        networks.note(name);
        host?.layout.changed();
        return read();
      },
      () => probeContainer(host, onHost),
    );
    host?.layout.addContainer(declared);
    const members = host === undefined ? [] : [host.check];
    const hooks = check.hooks(members, {
      role: 'container',
      after: async ({ networkDatas }) => {
        if (check.known === undefined) return;
        const plan = onHost().plan ?? check.known;
        host?.gateways.made(plan.name, await gatewaysOf(plan, networkDatas));
        await host?.announcer.announce(plan.name);
      },
    });
    const drift =
      host &&
      new DockerDrift(host.drifts, check, (report) => compareContainer(onHost().plan?.wanted, report), declaration);
    const shown = { ...check.inputs(shownInputs(rest, attachments, networks, other)), ...drift?.inputs };
    const hook = drift && host.images.ahead(() => check.known?.name ?? name, drift.hook);
    const own = pulumi.mergeOptions(opts, { hooks: check.hooks(members, hook) });
    super('vlan-trunk:index:NetworkContainer', name, shown, host === undefined ? own : host.keeping(own, drift?.kept));
    drift?.toldWith(this);

    this.host = host;
    this.namespace = other ?? this;
    this.givenName = containerName;
    const owner = host?.removals.containerOwner;
    const kept: string[] = [];
    const planned = onceReported(host, networks, check.plan, onHost, kept);
    // By the ID: another one's container replaces this one.
    const networkMode = other && pulumi.interpolate`container:${other.container.id}`;
    const turn = host?.share.turn('container', [rest, planned, networks.names, networkMode, owner, this.urn]);
    const plan = turn?.before(planned) ?? planned;
    const options = {
      ...{
        parent: this,
        hooks,
        ...host?.dockerOptions(hooks),
        ...removedTogether(rest, host, networks.areRemovedAlone),
      },
      // Only one container at a time can have the name and the addresses.
      deleteBeforeReplace: true,
    };
    this.container = withoutStackTraces(
      () =>
        new docker.Container(
          `${name}-container`,
          {
            ...normalPassThrough(`NetworkContainer ${name}`, rest, host),
            name: containerName,
            image: imageOf(rest),
            labels: owner && drift ? withOwnLabels(rest.labels, owner, drift, kept) : rest.labels,
            sysctls: attachments.some(({ ipv6 }) => ipv6 !== undefined)
              ? withEndpointSysctls(rest.sysctls, plan)
              : rest.sysctls,
            networkMode,
            // In a JavaScript program it may be something else than a network. The check refuses that.
            networksAdvanced: networks.names.flatMap((name, index) =>
              name === undefined ? [] : [endpointInput(name, plan, index)],
            ),
          },
          host === undefined ? options : host.keeping(options, kept),
        ),
    );
    turn?.until(this.container);
    host?.gateways.awaits(whenResolved(this.container.id));
    this.containerName = this.container.name;
    this.registerOutputs({ containerName: this.containerName });
  }
}

function readContainerArgs(
  spec: ContainerSpec & RunValues,
  { image, attachments: given, networkOf }: NetworkContainerArgs,
  networks: AttachedNetworks,
  host: Host | undefined,
): Reading<PlannedContainer> {
  const problems = new Problems();
  if (!isLate(image)) readImage(problems.at('image'), image);
  if (networkOf !== undefined) checkNetworkOf(problems.at('networkOf'), networkOf, host);
  readContainer(problems, { ...spec, attachments: attachmentsAsGiven(spec, given) });
  requirePlainList(problems.at('attachments'), given);
  networks.check(problems);
  // A wrong network reports its own problems.
  if (networks.areWrong) return { problems: problems.list };
  return {
    problems: problems.list,
    plan: () => {
      const plan = planContainer(spec);
      const wanted = wantedContainer(spec, plan, spec);
      return { ...plan, name: spec.name as string, attachments: [...spec.attachments], wanted };
    },
  };
}

/** @param host - that of the container itself, which is the other one's unless it is given. */
function checkNetworkOf(problems: Problems, networkOf: unknown, host: Host | undefined): void {
  if (isLate(networkOf)) problems.addMessage('must be a NetworkContainer itself, got an output');
  else if (!(networkOf instanceof NetworkContainer)) problems.add('must be a NetworkContainer', networkOf);
  else if (networkOf.host !== host) problems.addMessage('is on another host than this container');
}

/** The attachments if they are given as a list of objects; any other value counts as none or as empty, and is refused by the check. */
function attachmentsOf(given: unknown): AttachmentArgs[] {
  const items: unknown[] = Array.isArray(given) ? given : [];
  return items.map((item) => (isArgsObject(item) ? item : {}) as AttachmentArgs);
}

/** The provider's constructor would throw without an image, before the check has refused it. */
function imageOf({ image }: { image?: docker.ContainerArgs['image'] }): docker.ContainerArgs['image'] {
  return image ?? '';
}

/** The inputs that the engine shows: all arguments, so that a change of any runs the gate before the old container is deleted. */
function shownInputs(
  rest: Omit<NetworkContainerArgs, 'attachments' | 'networkOf' | 'host'>,
  attachments: AttachmentArgs[],
  { names }: AttachedNetworks,
  other: NetworkContainer | undefined,
): pulumi.Inputs {
  const shown = attachments.map((attachment, index) => ({ ...attachment, network: names[index] }));
  // The other one comes first, so that it is mended first.
  return { ...rest, ...(other === undefined ? { attachments: shown } : { networkOf: other.containerName }) };
}

/** The values that the checks wait for and read. */
function containerInputs(
  args: NetworkContainerArgs,
  attachments: AttachmentArgs[],
  { inputs }: AttachedNetworks,
  other: NetworkContainer | undefined,
) {
  const { name, ports, sysctls, mustRun, start, rm } = args;
  const known = attachments.map((attachment, index) => ({ ...attachment, network: inputs[index] }));
  const ofNamespace = Object.fromEntries(namespaceArguments.map((key) => [key, args[key]]));
  const ofOther = args.networkOf && { ...ofNamespace, attachments: args.attachments && true };
  return { name, attachments: known, networkOf: other?.givenName, ofOther, ports, sysctls, mustRun, start, rm };
}

function hostOf(attachments: AttachmentArgs[]): Host | undefined {
  return attachments
    .map(({ network }) => (network instanceof AttachableNetwork ? network.declaration.host : undefined))
    .find((host) => host !== undefined);
}
