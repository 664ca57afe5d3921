import type { ContainerSpec } from '../plan/container/container';
import { checkHostNetworks } from '../plan/layout/hostNetwork';
import { warnHostNetworks } from '../plan/layout/hostWarning';
import type { DeclaredLink } from '../plan/layout/declaredLink';
import { checkHostLinks } from '../plan/layout/hostLink';
import { checkOwnGateways } from '../plan/layout/ownGateway';
import { fixedAddressesOn, takenOn } from '../plan/layout/fixedAddress';
import { type ShimRoutes, warnUnroutedContainers } from '../plan/layout/unroutedContainer';
import { type ForeignAddress, ForeignAddresses } from '../plan/layout/foreignAddress';
import type { NetworkPlan } from '../plan/network/network';
import type { ParentPlace, TakenAddress } from '../plan/network/networkReference';
import type { HostAddress } from '../plan/layout/hostAddress';
import { checkPhysicalNetworks, type PhysicalNetworkUse } from '../plan/layout/physicalNetwork';
import { type DeclaredHostParts, type HostPlaces, parentPlace, placesOf } from '../plan/layout/switchedNetwork';
import { type HostPlan, planHost } from '../plan/layout/placement';
import { type Problem, Problems } from '../plan/argument/problem';
import type { ParentReport } from '../plan/link/parentReport';
import { warnSecondMac } from '../plan/layout/machineWarning';

/** A network as far as it is known. Its containers and shims refer to this object. */
export interface DeclaredNetwork {
  readonly name: string;
  /** The parent interface, if the program gives it by name only: neither as a handle nor with a `dependsOn`. */
  readonly namedParent: string | undefined;
  /** True for one that this program does not make. */
  readonly isGiven?: boolean;
  /** Where its parent interface leads to, as far as its own stack tells it. */
  readonly place?: ParentPlace | undefined;
  plan: NetworkPlan;
}

/** A container as far as it is known. */
export interface DeclaredContainer {
  readonly name: string;
  /** Evaluated at each check, because more of its networks may be known by then. */
  spec: () => ContainerSpec;
}

/** The outcome of the checks of a layout. */
export interface Findings {
  problems: Problem[];
  /** Layouts that work now and may fail later. */
  warnings: Problem[];
}

/** The outcome of the checks of one host, and the plan that they read. */
export interface HostFindings extends Findings {
  plan: HostPlan;
  places: HostPlaces;
}

/** What preflight has found on a host. */
export interface SeenHost {
  readonly parents: ParentReport;
  readonly networks: readonly { readonly name: string }[];
}

/** All networks, containers and links that the program declares on one host. */
export class HostLayout {
  private readonly networks: DeclaredNetwork[] = [];
  private readonly containers: DeclaredContainer[] = [];
  private readonly own: HostAddress[][] = [];
  private readonly links: DeclaredLink[][] = [];
  private readonly shimRoutes: ShimRoutes[][] = [];
  private readonly makers = new Map<string, string>();
  private readonly named = new Map<string, string>();
  private foreign: () => readonly ForeignAddress[] = () => [];
  private readonly physical: PhysicalNetworkUse[] = [];
  private seen: SeenHost | undefined;
  private planned: HostPlan | undefined;
  private latest: HostFindings | undefined;

  constructor(
    readonly name: string,
    readonly site: string,
    private readonly layout: { changed(): void },
  ) {}

  addNetwork(network: DeclaredNetwork): void {
    this.networks.push(network);
    this.changed();
  }

  addContainer(container: DeclaredContainer): void {
    this.containers.push(container);
    this.changed();
  }

  /** For a component that makes links. Returns a function that sets its links and the host's addresses on them, as far as they are known. */
  addLinks(): (links: DeclaredLink[], addresses: HostAddress[]) => void {
    const index = this.own.push([]) - 1;
    return (links, addresses) => {
      this.links[index] = links;
      this.own[index] = addresses;
      this.linksChanged();
    };
  }

  /** For a shim. Returns a function that sets its default routes; none if the program gives the routes. */
  addShimRoutes(): (routes: ShimRoutes[]) => void {
    const index = this.shimRoutes.push([]) - 1;
    return (routes) => {
      this.shimRoutes[index] = routes;
      this.linksChanged();
    };
  }

  /** True if the program has a container on the network, as far as that is known. */
  hasContainers(network: NetworkPlan): boolean {
    return this.plan.placements.some((placement) => placement.network === network);
  }

  /** Fixed addresses of the program's containers on a network, as far as they are known. */
  fixedAddresses(network: NetworkPlan): string[] {
    return fixedAddressesOn(this.plan, network);
  }

  /** The same with the containers' names, sorted. */
  takenAddresses(network: NetworkPlan): TakenAddress[] {
    return takenOn(this.plan, network);
  }

  /** Records the links that a component of the program makes on the host. */
  makes(links: readonly string[], component: string): void {
    for (const link of links) this.makers.set(link, component);
  }

  /**
   * Records that a container is attached to a network by its name.
   * @param path - within the host.
   */
  attaches(path: string, network: string): void {
    if (this.named.get(path) === network) return;
    this.named.set(path, network);
    this.changed();
  }

  /** @param foreign - reads the addresses that containers of others have on the host. */
  takeForeign(foreign: () => readonly ForeignAddress[]): void {
    this.foreign = foreign;
    this.changed();
  }

  /** Records the switched network that a component names for its parent interface. What is no name is reported by the component. */
  isOnPhysicalNetwork(kind: 'networks' | 'trunks', component: string, parent: unknown, label: unknown): void {
    if (typeof parent !== 'string' || typeof label !== 'string') return;
    this.physical.push({ nic: parent, label, path: new Problems().at(kind).at(component).path });
    this.linksChanged();
  }

  /** Takes what preflight has found on the host; the same report once. */
  sees(report: SeenHost): void {
    if (this.seen === report) return;
    this.seen = report;
    this.linksChanged();
  }

  /** Call it when a network or a container was added, or more of it is known. */
  changed(): void {
    this.planned = undefined;
    this.linksChanged();
  }

  /** The plan of networks and containers stays. */
  private linksChanged(): void {
    this.latest = undefined;
    this.layout.changed();
  }

  /** Problems and warnings of this host alone, kept until something is added or becomes known. */
  findings(): HostFindings {
    return (this.latest ??= this.check());
  }

  /** The networks of the program that have the same parent on this host, the given one among them. */
  onSameParent({ plan: { parentInterface } }: DeclaredNetwork): NetworkPlan[] {
    return this.networks.map(({ plan }) => plan).filter((plan) => plan.parentInterface === parentInterface);
  }

  /** Where a parent interface leads to, as far as that is known. */
  placeOf(parent: string | undefined): ParentPlace {
    return parentPlace(this.parts, parent);
  }

  private get parts(): DeclaredHostParts {
    const told = this.networks.flatMap(({ name, plan: { parentInterface }, place }) =>
      place === undefined || parentInterface === undefined
        ? []
        : [{ ...place, parentInterface, path: new Problems().at('networks').at(name).path }],
    );
    const { plan, physical: uses, site } = this;
    return { plan, links: this.links.flat(), own: this.own.flat(), uses, site, found: this.seen?.parents, told };
  }

  private check(): HostFindings {
    const { plan } = this;
    const links = this.links.flat();
    const { uses, ...places } = placesOf(this.parts);
    return {
      plan,
      places,
      problems: [
        ...checkHostNetworks(plan),
        ...checkHostLinks(this.name, links),
        ...checkOwnGateways(plan, links),
        ...this.checkOrder(),
        ...this.checkNamed(),
        ...this.checkPhysical(uses),
      ],
      warnings: [
        ...warnHostNetworks(plan),
        ...warnUnroutedContainers(plan, this.shimRoutes.flat()),
        ...(this.seen === undefined ? [] : warnSecondMac(plan, this.seen.parents.machine, this.seen.networks)),
      ],
    };
  }

  /** Networks and containers, read once for all checks until one is added or becomes known. */
  private get plan(): HostPlan {
    return (this.planned ??= this.read());
  }

  private read(): HostPlan {
    // A network of the program that is given by its name is refused for that alone.
    const made = this.made();
    const networks = this.networks.filter(({ isGiven, plan }) => isGiven !== true || !made.has(plan.name));
    const names = {
      host: this.name,
      networks: networks.map(({ name }) => name),
      containers: this.containers.map(({ name }) => name),
    };
    return planHost(
      networks.map(({ plan }) => plan),
      this.containers.map(({ spec }) => spec()),
      names,
      new ForeignAddresses(this.foreign()),
    );
  }

  /** The networks that the program makes, by Docker's name, with the name of the component. */
  private made(): Map<string | undefined, string> {
    return new Map(this.networks.flatMap(({ name, isGiven, plan }) => (isGiven === true ? [] : [[plan.name, name]])));
  }

  /** Refuses a parent by name if the program makes that link: the network could come first, and Docker would make the missing link itself. */
  private checkOrder(): Problem[] {
    const problems = new Problems().at('hosts').at(this.name).at('networks');
    for (const { name, namedParent = '' } of this.networks) {
      const maker = this.makers.get(namedParent);
      const expected = `must be the handle that ${maker} gives, so that its link exists before Docker would make one`;
      if (maker !== undefined) problems.at(name).at('parentInterface').add(expected, namedParent);
    }
    return problems.list;
  }

  /** Refuses a network by its name that the program makes: the container could come first, and would not be replaced with it. */
  private checkNamed(): Problem[] {
    const problems = new Problems().at('hosts').at(this.name);
    const makers = this.made();
    for (const [path, network] of this.named) {
      const maker = makers.get(network);
      const expected = `must be the network ${maker} itself, which this program makes, and not its name`;
      if (maker !== undefined) problems.below(path).add(expected, network);
    }
    return problems.list;
  }

  private checkPhysical(uses: readonly PhysicalNetworkUse[]): Problem[] {
    const problems = new Problems();
    checkPhysicalNetworks(problems.at('hosts').at(this.name), uses);
    return problems.list;
  }
}
