import * as pulumi from '@pulumi/pulumi';
import type { ContainerSpec } from '../plan/container/container';
import { checkHostNetworks } from '../plan/layout/hostNetwork';
import { warnHostNetworks } from '../plan/layout/hostWarning';
import type { NetworkPlan } from '../plan/network/network';
import { checkOwnAddresses, type OwnAddress } from '../plan/layout/hostAddress';
import { type HostPlan, planHost } from '../plan/layout/placement';
import { listProblems, type Problem, Problems } from '../plan/argument/problem';
import { checkVlansAcrossHosts } from '../plan/layout/addressAcrossHosts';
import { untilKnown } from './knownNow';
import { type Gate, programHook } from './preflight';

/** A network as far as it is known; what is attached to it refers to this very object. */
export interface DeclaredNetwork {
  readonly name: string;
  /** The VLAN (or the untagged network) that it is on, by a name that is the same on all hosts of a site. */
  readonly vlan: string | undefined;
  /** A parent given by its name alone, with nothing said of what makes it. */
  readonly namedParent: string | undefined;
  plan: NetworkPlan;
}

/** A container as far as it is known. */
export interface DeclaredContainer {
  readonly name: string;
  /** Made when asked for, since its networks may be known better by then. */
  spec: () => ContainerSpec;
}

/** What is wrong with a layout. */
interface Judgement {
  problems: Problem[];
  /** What works today and may fail one day. */
  warnings: Problem[];
}

/** The same of one host, which is planned for it. */
interface HostJudgement extends Judgement {
  plan: HostPlan;
}

/** All networks and containers of one host, and its own links beside them. */
export class HostLayout {
  private readonly networks: DeclaredNetwork[] = [];
  private readonly containers: DeclaredContainer[] = [];
  private readonly own: OwnAddress[][] = [];
  private readonly makers = new Map<string, string>();
  private judged: HostJudgement | undefined;

  constructor(
    readonly name: string,
    readonly site: string,
    private readonly layout: Layout,
  ) {}

  /** For each component on the host: nothing on any host is touched while the layout has a problem. */
  get gate(): Gate {
    return this.layout;
  }

  addNetwork(network: DeclaredNetwork): void {
    this.networks.push(network);
    this.changed();
  }

  addContainer(container: DeclaredContainer): void {
    this.containers.push(container);
    this.changed();
  }

  /** For a component that gives the host itself addresses: to be told its arguments, and those addresses as far as they are known. */
  addLinks(): (values: unknown, addresses: OwnAddress[]) => void {
    const index = this.own.push([]) - 1;
    const noted = untilKnown(() => this.changed());
    return (values, addresses) => {
      this.own[index] = addresses;
      noted(values);
    };
  }

  /** Notes the links that a component of the program makes on the host. */
  makes(links: readonly string[], component: string): void {
    for (const link of links) this.makers.set(link, component);
  }

  /** There is more, or what was added is known better by now. */
  changed(): void {
    this.judged = undefined;
    this.layout.changed();
  }

  /** What the host comes to by itself; the same until there is more to it. */
  judge(): HostJudgement {
    return (this.judged ??= this.check());
  }

  /** The networks of the program that have the same parent on this host, the given one among them. */
  onSameParent({ plan: { parentInterface } }: DeclaredNetwork): NetworkPlan[] {
    return this.networks.map(({ plan }) => plan).filter((plan) => plan.parentInterface === parentInterface);
  }

  private check(): HostJudgement {
    const plan = this.plan();
    return { plan, problems: [...checkHostNetworks(plan), ...this.checkOrder()], warnings: warnHostNetworks(plan) };
  }

  private plan(): HostPlan {
    const names = {
      host: this.name,
      networks: this.networks.map(({ name }) => name),
      containers: this.containers.map(({ name }) => name),
    };
    return planHost(
      this.networks.map(({ plan }) => plan),
      this.containers.map(({ spec }) => spec()),
      names,
    );
  }

  /** Networks that may be made before the link which the program makes for them; Docker makes a missing `eth0.50` by itself. */
  private checkOrder(): Problem[] {
    const problems = new Problems().at('hosts').at(this.name).at('networks');
    for (const { name, namedParent = '' } of this.networks) {
      const maker = this.makers.get(namedParent);
      const expected = `must be the handle that ${maker} gives, so that its link is there before Docker makes one by itself`;
      if (maker !== undefined) problems.at(name).at('parentInterface').add(expected, namedParent);
    }
    return problems.list;
  }

  ownAddresses(): OwnAddress[] {
    return this.own.flat();
  }

  vlans(): [NetworkPlan, string | undefined][] {
    return this.networks.map(({ plan, vlan }) => [plan, vlan]);
  }
}

/**
 * All that a program declares on its hosts, for what no component can tell alone: a name, an address or a parent that two of them
 * claim. Checked when the engine is about to make or change the first of them, and again only if more has become known since.
 */
export class Layout implements Gate {
  /** For each component: at preview it tells all problems, at `up` it fails the component before anything is touched. */
  readonly hook: pulumi.ResourceHook | undefined;
  private readonly hosts: HostLayout[] = [];
  private judged: Judgement | undefined;
  private readonly told = new Set<string>();

  private constructor() {
    this.hook = programHook('layout', () => this.judge());
  }

  private static readonly ofPrograms = new WeakMap<object, Layout>();

  /** The layout of the program that runs now: one process may run several, each with a monitor of its own. */
  static ofProgram(): Layout {
    const program: object = pulumi.runtime.getMonitor() ?? Layout;
    const layout = Layout.ofPrograms.get(program) ?? new Layout();
    Layout.ofPrograms.set(program, layout);
    return layout;
  }

  addHost(name: string, site: string): HostLayout {
    const host = new HostLayout(name, site, this);
    this.hosts.push(host);
    return host;
  }

  changed(): void {
    this.judged = undefined;
  }

  private async judge(): Promise<void> {
    // Made without a pause, in which more could become known.
    const { problems, warnings } = (this.judged ??= this.check());
    for (const { path, message } of warnings) await this.tell(`${path}: ${message}`, (line) => pulumi.log.warn(line));
    if (problems.length === 0) return;
    const text = listProblems(problems);
    // The engine puts the hook's name before it.
    if (!pulumi.runtime.isDryRun()) throw new Error(text);
    await this.tell(`layout: ${text}`, (line) => pulumi.log.error(line));
  }

  private check(): Judgement {
    const judged = this.hosts.map((host) => ({ host, own: host.ownAddresses(), ...host.judge() }));
    const sites = Map.groupBy(judged, ({ host }) => host.site);
    return {
      problems: [...judged.flatMap(({ problems }) => problems), ...[...sites.values()].flatMap(checkSite)],
      warnings: judged.flatMap(({ warnings }) => warnings),
    };
  }

  /** Each text once, however often more becomes known. */
  private async tell(text: string, say: (text: string) => Promise<void>): Promise<void> {
    if (this.told.has(text)) return;
    this.told.add(text);
    await say(text);
  }
}

/** What hosts do to each other that are plugged into one switched network. */
function checkSite(site: { host: HostLayout; plan: HostPlan; own: OwnAddress[] }[]): Problem[] {
  const vlans = new Map(site.flatMap(({ host }) => host.vlans()));
  const vlanOf = (network: NetworkPlan) => vlans.get(network);
  const plans = site.map(({ plan }) => plan);
  const problems = [...checkVlansAcrossHosts(plans, vlanOf), ...checkOwnAddresses(site, vlanOf)];
  if (site.length === 1) return problems;
  const hint = 'hosts that are not on one switched network are told apart by their site';
  return problems.map(({ path, message }) => ({ path, message: `${message}; ${hint}` }));
}
