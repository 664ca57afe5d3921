import type { Address } from '../ip/address';
import type { Known } from '../argument/known';
import { isPlan, type NetworkPlan } from '../network/network';
import type { IpvlanFlag, IpvlanMode, MacvlanMode, NetworkDriver } from '../network/mode';
import type { Problem } from '../argument/problem';
import type { SubnetPlan } from '../network/subnet';
import { parseAddress, sameAddress } from '../ip/address';
import { readAddress } from '../ip/addressReader';
import { contains, width } from '../ip/cidr';
import { FirstSeen } from '../argument/firstSeen';
import { formatProblems, Problems } from '../argument/problem';
import { readList, readObject } from '../argument/reader';
import { readShimName } from './shimName';
import { readShimRoutes, type ShimRoute } from './shimRoute';
import { dockerEdgeName } from '../network/subnet';

/** The host's own leg into a macvlan or ipvlan network, as declared. */
export interface ShimSpec {
  /** As `planNetwork` read it; it must have a parent interface. */
  network: NetworkPlan;
  /** The link's name, at most 15 bytes; by default `<parentInterface>-shim`, or a shorter one: see `defaultShimName`. */
  interfaceName?: string;
  /** The host's addresses in the network's subnets, without prefix length; each one of the auxiliary addresses there. */
  addresses: Known<readonly Known<string>[]>;
  /**
   * Containers' addresses, or blocks of them in CIDR form. By default, in each subnet with an address of the shim, the IP range and
   * `fixedAddresses`.
   */
  routes?: Known<readonly Known<string>[]>;
  /** Fixed addresses of the program's containers on the network. By default none. */
  fixedAddresses?: readonly string[];
}

/** A kernel setting of one link: `net.<family>.conf.<link>.<key>`. */
export interface Sysctl {
  readonly family: 'ipv4' | 'ipv6';
  readonly key: string;
  readonly value: number;
}

/** A shim with nothing left to default. */
export interface ShimPlan {
  interfaceName: string;
  parentInterface: string;
  kind: NetworkDriver;
  mode: MacvlanMode | IpvlanMode;
  flag?: IpvlanFlag;
  /** With prefix length 32 or 128, so that the kernel adds no route to the whole subnet. */
  addresses: string[];
  routes: ShimRoute[];
  sysctls: Sysctl[];
}

/** All problems of a shim's declaration; empty if there is none. Values not known yet are skipped. */
export function checkShim(spec: ShimSpec): Problem[] {
  const problems = new Problems();
  readShim(problems, spec);
  return problems.list;
}

/** The shim that is made. Throws an `Error` for one that `checkShim` refuses, or that has a value not known yet. */
export function planShim(spec: ShimSpec): ShimPlan {
  const problems = new Problems();
  const plan = readShim(problems, spec);
  for (const path of problems.skipped) problems.list.push({ path, message: 'must be known to make a shim of it' });
  if (plan === undefined && problems.list.length === 0)
    problems.at('network').say('must be known as a whole, and right');
  if (plan === undefined || problems.list.length > 0) throw new Error(formatProblems('shim', problems.list));
  return plan;
}

/** Reads a shim: its plan where all of it and of its network is known and right, and all problems. */
export function readShim(problems: Problems, value: unknown): ShimPlan | undefined {
  const spec = readObject(problems, value);
  if (spec === undefined) return undefined;
  const network = readNetworkPlan(problems.at('network'), spec.network);
  const interfaceName = readShimName(problems.at('interfaceName'), spec.interfaceName, network?.parentInterface);
  const addresses = readAddresses(problems.at('addresses'), spec.addresses, network);
  const reached = { addresses: addresses ?? [], fixedAddresses: readFixedAddresses(spec.fixedAddresses) };
  const routes = network && addresses && readShimRoutes(problems.at('routes'), spec.routes, network, reached);
  // Half a network may hold back too little, or route too far.
  if (network?.isWhole !== true || network.driver === undefined || network.parentInterface === undefined)
    return undefined;
  if (interfaceName === undefined || addresses === undefined || routes === undefined) return undefined;
  const { driver: kind, parentInterface, mode, flag } = network;
  return {
    interfaceName,
    parentInterface,
    kind,
    mode,
    ...(flag === undefined ? {} : { flag }),
    addresses: addresses.map(({ text, family }) => `${text}/${width(family)}`),
    routes,
    sysctls: [...(kind === 'macvlan' ? arpInOrder : []), ...everyShim],
  };
}

/**
 * The shim has a MAC of its own in the NIC's own LAN. By default the kernel would answer there for all of the host's
 * addresses, and ask in their name (kernel, ip-sysctl.rst), so that other machines learn the wrong MAC. Links of an ipvlan parent
 * all have its MAC.
 */
const arpInOrder: readonly Sysctl[] = [
  { family: 'ipv4', key: 'arp_ignore', value: 1 },
  { family: 'ipv4', key: 'arp_announce', value: 2 },
];

const everyShim: readonly Sysctl[] = [
  // Other machines reach the shim's address on it, and are answered over the NIC: strict filtering would drop them.
  { family: 'ipv4', key: 'rp_filter', value: 2 },
  // A router's advertisement would give the host another address, and another way out.
  { family: 'ipv6', key: 'accept_ra', value: 0 },
];

function readNetworkPlan(problems: Problems, value: unknown): NetworkPlan | undefined {
  if (!isPlan(value)) {
    problems.add('must be a network', value);
    return undefined;
  }
  const { hasParent, mode, flag } = value;
  if (!hasParent) problems.say('must have a parentInterface: without one Docker makes a dummy that nothing else is on');
  if (mode === 'private') problems.say('must be in another mode than private, where containers reach no other link');
  if (mode === 'passthru')
    problems.say('must be in another mode than passthru, which is alone on its parent interface');
  // In vepa of macvlan all goes over the switch, to the shim as to other containers; ipvlan's has one MAC for both ends.
  if (flag === 'private' || flag === 'vepa') {
    problems.say(`must have the flag bridge: with ${flag} containers reach no other link of their host`);
  }
  return value;
}

/** The addresses, or `undefined` where one is not known yet, or wrong. */
function readAddresses(problems: Problems, value: unknown, network: NetworkPlan | undefined): Address[] | undefined {
  const before = problems.count();
  const list = readList(problems, value);
  if (list?.length === 0) problems.say('must hold at least one address');
  const seen = new FirstSeen();
  const read = [...(list ?? [])].map((item, index) => {
    const at = problems.at(index);
    const address = readAddress(at, item);
    if (address === undefined || !seen.add(at, address.text, address.text)) return undefined;
    if (network !== undefined) checkMember(at, address, network);
    return address;
  });
  return problems.count() === before ? read.filter((address) => address !== undefined) : undefined;
}

/** What is wrong with one of them is for the check of its container. */
function readFixedAddresses(value: unknown): Address[] {
  const list = readList(new Problems(), value) ?? [];
  return [...list].flatMap((item) => (typeof item === 'string' ? (parseAddress(item) ?? []) : []));
}

/** An address of the network that nobody else has, and that Docker knows is taken. */
function checkMember(problems: Problems, address: Address, network: NetworkPlan): void {
  const subnet = network.subnets.find(({ block }) => contains(block, address));
  if (subnet === undefined) {
    if (!network.hasAllSubnets) return;
    const blocks = network.subnets.map(({ block }) => block.text).join(' or ');
    problems.add(`must be an address of ${blocks === '' ? 'the network, which has no subnet' : blocks}`, address.text);
    return;
  }
  const owner = dockerEdgeName(subnet.block, address) ?? (isGateway(subnet, address) ? 'the gateway' : undefined);
  if (owner !== undefined) problems.add(`must not be ${owner} of ${subnet.block.text}`, address.text);
  else if (subnet.isWhole && ![...subnet.auxiliaryAddresses.values()].some((one) => sameAddress(one, address))) {
    const expected = `must be an auxiliary address of ${subnet.block.text}, so that no container gets it`;
    problems.add(expected, address.text, `auxiliaryAddresses: { shim: '${address.text}' }`);
  }
}

function isGateway({ gateway }: SubnetPlan, address: Address): boolean {
  return gateway !== undefined && sameAddress(gateway, address);
}
