import type { Problem } from '../argument/problem';
import type { LinkVlan, ParentReport } from '../link/parentReport';
import type { NetworkPlan } from '../network/network';
import type { ParentPlace } from '../network/networkReference';
import { checkVlansAcrossHosts } from './addressAcrossHosts';
import type { DeclaredLink } from './declaredLink';
import { checkOwnAddresses, type HostAddress, type OwnAddress } from './hostAddress';
import { type PhysicalNetworkUse, physicalNetworks } from './physicalNetwork';
import type { HostPlan } from './placement';
import { type KnownLinks, type Segment, segmentOf, vlansOfLink } from './segment';

/** What a program declares on a host, and what preflight has found there. */
export interface DeclaredHostParts {
  readonly plan: HostPlan;
  readonly links: readonly DeclaredLink[];
  readonly own: readonly HostAddress[];
  /** The switched networks that components name, each for its parent interface. */
  readonly uses: readonly PhysicalNetworkUse[];
  /** The label of what is on an interface for which nobody names one. */
  readonly site: string;
  readonly found: Pick<ParentReport, 'vlans' | 'masters'> | undefined;
  /** What other stacks tell of the parent interfaces of their networks. */
  readonly told: readonly ToldParent[];
}

/** A parent interface on which a network of another stack is, and where it leads to. */
export interface ToldParent extends ParentPlace {
  readonly parentInterface: string;
  /** Path of the network within the host: `networks.dmz`. */
  readonly path: string;
}

/** A segment of a switched network. */
interface Place extends Segment {
  /** Name of the switched network. */
  readonly label: string;
}

/** The networks with a parent interface and the own addresses of a host, each with where it is. */
export interface HostPlaces {
  readonly networks: readonly (Place & { readonly network: NetworkPlan })[];
  readonly own: readonly (Place & OwnAddress)[];
}

/** Where the networks and addresses of a host are, and the named switched networks by the interface at the bottom. */
export function placesOf(host: DeclaredHostParts): HostPlaces & { uses: PhysicalNetworkUse[] } {
  const { plan, own, site } = host;
  const known = knownLinks(host);
  const uses = usesOf(host, known);
  const labels = physicalNetworks(uses);
  const placeOf = (link: string): Place => {
    const segment = segmentOf(link, known);
    return { ...segment, label: labels.get(segment.nic) ?? site };
  };
  const networks = plan.networks.flatMap((network) => {
    const { parentInterface: parent } = network;
    return parent === undefined ? [] : [{ network, ...placeOf(parent) }];
  });
  return { uses, networks, own: own.map(({ link, ...address }) => ({ ...address, ...placeOf(link) })) };
}

/** Where a parent interface leads to, for those who are told of a network on it. */
export function parentPlace(host: DeclaredHostParts, parent: string | undefined): ParentPlace {
  if (parent === undefined) return { vlans: [] };
  const known = knownLinks(host);
  const { nic } = segmentOf(parent, known);
  return { vlans: vlansOfLink(parent, known), physicalNetwork: physicalNetworks(usesOf(host, known)).get(nic) };
}

/** The program's own links come first, then what preflight has found, then what other stacks tell. */
function knownLinks({ links, found, told }: DeclaredHostParts): KnownLinks {
  return {
    declared: new Map(links.flatMap(({ name, vlan }) => (vlan === undefined ? [] : [[name, vlan] as const]))),
    found: new Map([...told.flatMap(linksOf), ...(found?.vlans ?? [])]),
    masters: found?.masters ?? new Map<string, never>(),
  };
}

/** Each link of a chain of VLANs, with the VLAN that it is. */
function linksOf({ parentInterface, vlans }: ToldParent): [string, LinkVlan][] {
  return vlans.map((vlan, index) => [vlans[index - 1]?.parentInterface ?? parentInterface, vlan]);
}

function usesOf({ uses, told }: DeclaredHostParts, known: KnownLinks): PhysicalNetworkUse[] {
  const ofOthers = told.flatMap(({ parentInterface, path, physicalNetwork: label }) =>
    label === undefined ? [] : [{ nic: parentInterface, label, path }],
  );
  return [...uses, ...ofOthers].map((use) => ({ ...use, nic: segmentOf(use.nic, known).nic }));
}

/** A host with the places of what is on it. */
export interface PlacedHost {
  readonly plan: HostPlan;
  readonly places: HostPlaces;
}

/** Conflicts between hosts, and between interfaces, that are plugged into one switched network. */
export function checkSwitchedNetworks(hosts: readonly PlacedHost[]): Problem[] {
  const labels = new Set(hosts.flatMap(({ places }) => [...places.networks, ...places.own].map(({ label }) => label)));
  return [...labels].flatMap((label) => checkSwitchedNetwork(label, hosts));
}

function checkSwitchedNetwork(label: string, all: readonly PlacedHost[]): Problem[] {
  const isHere = (one: Place) => one.label === label;
  const hosts = all
    .map(({ plan, places }) => ({ plan, networks: places.networks.filter(isHere), own: places.own.filter(isHere) }))
    .filter(({ networks, own }) => networks.length + own.length > 0);
  const vlans = new Map(hosts.flatMap(({ networks }) => networks.map(({ network, vlan }) => [network, vlan] as const)));
  const vlanOf = (network: NetworkPlan) => vlans.get(network);
  const plans = hosts.map(({ plan }) => plan);
  const problems = [...checkVlansAcrossHosts(plans, vlanOf), ...checkOwnAddresses(hosts, vlanOf)];
  const nics = hosts.flatMap(({ networks, own }, host) => [...networks, ...own].map(({ nic }) => `${host} ${nic}`));
  if (new Set(nics).size === 1) return problems;
  const hint =
    'if these hosts are on different switched networks, give them different values of site, or their parent interfaces of physicalNetwork';
  return problems.map(({ path, message }) => ({ path, message: `${message}; ${hint}` }));
}
