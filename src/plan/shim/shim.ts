import type { Address } from '../ip/address';
import type { Known } from '../argument/known';
import { isPlan, type NetworkPlan } from '../network/network';
import type { IpvlanFlag, IpvlanMode, MacvlanMode, NetworkDriver } from '../network/mode';
import { parseAddress, sameAddress } from '../ip/address';
import { readAddress } from '../ip/addressReader';
import { contains, width } from '../ip/cidr';
import { FirstSeen } from '../argument/firstSeen';
import { Problems } from '../argument/problem';
import { readList, readObject } from '../argument/reader';
import { readShimName } from './shimName';
import { readShimRoutes, type ShimRoute } from './shimRoute';
import { dockerEdgeName, isGateway } from '../network/subnet';

/** The declaration of a shim: an extra macvlan or ipvlan link on the host, through which the host talks to the network's containers. */
export interface ShimSpec {
  /** The result of `planNetwork`; it must have a parent interface. */
  network: NetworkPlan;
  /** The link's name, at most 15 bytes; by default `<parentInterface>-shim`, or a shorter one: see `defaultShimName`. */
  interfaceName?: string;
  /** The host's addresses in the network's subnets, without prefix length; each one the gateway or an auxiliary address there. */
  addresses: Known<readonly Known<string>[]>;
  /**
   * Containers' addresses, or blocks of them in CIDR form. By default, in each subnet with an address of the shim, the IP range and
   * `fixedAddresses`; all of the subnet where the shim is the gateway.
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

/** A shim with all defaults filled in. */
export interface ShimPlan {
  interfaceName: string;
  parentInterface: string;
  kind: NetworkDriver;
  mode: MacvlanMode | IpvlanMode;
  flag?: IpvlanFlag;
  /**
   * With prefix length 32 or 128, so that the kernel adds no route to the whole subnet. A gateway, unless the routes are given, with that of
   * its subnet: the host is the router of all machines there.
   */
  addresses: string[];
  routes: ShimRoute[];
  sysctls: Sysctl[];
}

/** Reads a shim: adds all problems, and returns its plan if the shim and its network are fully known and valid. */
export function readShim(problems: Problems, value: unknown): ShimPlan | undefined {
  const spec = readObject(problems, value);
  if (spec === undefined) return undefined;
  const network = readNetworkPlan(problems.at('network'), spec.network);
  const interfaceName = readShimName(problems.at('interfaceName'), spec.interfaceName, network?.parentInterface);
  const addresses = readAddresses(problems.at('addresses'), spec.addresses, network);
  const reached = { addresses: addresses ?? [], fixedAddresses: readFixedAddresses(spec.fixedAddresses) };
  const routes = network && addresses && readShimRoutes(problems.at('routes'), spec.routes, network, reached);
  // In a network that is not complete, an auxiliary address or a limit of the routes may be missing.
  if (network?.isComplete !== true || network.driver === undefined || network.parentInterface === undefined)
    return undefined;
  if (interfaceName === undefined || addresses === undefined || routes === undefined) return undefined;
  const { driver: kind, parentInterface, mode, flag } = network;
  return {
    interfaceName,
    parentInterface,
    kind,
    mode,
    ...(flag === undefined ? {} : { flag }),
    addresses: addresses.map((address) => withPrefix(address, spec.routes === undefined ? network : undefined)),
    routes,
    sysctls: [...(kind === 'macvlan' ? arpInOrder : []), ...everyShim],
  };
}

/**
 * A macvlan shim has a MAC of its own in the same LAN as its parent. By default the kernel would answer and send ARP requests on it for
 * all addresses of the host (kernel, ip-sysctl.rst), so that other machines learn the wrong MAC. An ipvlan shim has its parent's MAC.
 */
const arpInOrder: readonly Sysctl[] = [
  { family: 'ipv4', key: 'arp_ignore', value: 1 },
  { family: 'ipv4', key: 'arp_announce', value: 2 },
];

const everyShim: readonly Sysctl[] = [
  // Packets of other machines arrive on the shim and are answered over the NIC. Strict reverse path filtering would drop them.
  { family: 'ipv4', key: 'rp_filter', value: 2 },
  // A router advertisement would give the host another address and another default route.
  { family: 'ipv6', key: 'accept_ra', value: 0 },
];

function readNetworkPlan(problems: Problems, value: unknown): NetworkPlan | undefined {
  if (!isPlan(value)) {
    problems.add('must be a network', value);
    return undefined;
  }
  const { hasParent, mode, flag } = value;
  if (!hasParent)
    problems.addMessage('must have a parentInterface: without one Docker makes a dummy that nothing else is on');
  if (mode === 'private')
    problems.addMessage('must be in another mode than private, where containers reach no other link');
  if (mode === 'passthru')
    problems.addMessage('must be in another mode than passthru, which is alone on its parent interface');
  // Macvlan in mode vepa works: frames to the shim go over the switch, as all others. With ipvlan both ends would have the same MAC.
  if (flag === 'private' || flag === 'vepa') {
    problems.addMessage(`must have the flag bridge: with ${flag} containers reach no other link of their host`);
  }
  return value;
}

/** The addresses, or `undefined` if one is not known yet, or wrong. */
function readAddresses(problems: Problems, value: unknown, network: NetworkPlan | undefined): Address[] | undefined {
  const before = problems.count();
  const list = readList(problems, value);
  if (list?.length === 0) problems.addMessage('must hold at least one address');
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

/** Wrong values are left out: the check of their container reports them. */
function readFixedAddresses(value: unknown): Address[] {
  const list = readList(new Problems(), value) ?? [];
  return [...list].flatMap((item) => (typeof item === 'string' ? (parseAddress(item) ?? []) : []));
}

/** The address must lie in the network, and be its gateway or an auxiliary address, so that Docker does not hand it out. */
function checkMember(problems: Problems, address: Address, network: NetworkPlan): void {
  const subnet = network.subnets.find(({ block }) => contains(block, address));
  if (subnet === undefined) {
    if (!network.hasAllSubnets) return;
    const blocks = network.subnets.map(({ block }) => block.text).join(' or ');
    problems.add(`must be an address of ${blocks === '' ? 'the network, which has no subnet' : blocks}`, address.text);
    return;
  }
  const edge = dockerEdgeName(subnet.block, address);
  if (edge !== undefined) problems.add(`must not be ${edge} of ${subnet.block.text}`, address.text);
  else if (isGateway(subnet, address)) {
    // An ipvlan gives packets to addresses that none of its links has to the parent, where the reverse path filter of IPv4 drops them (seen with 1 and 2).
    if (network.driver !== 'ipvlan') return;
    const reason = 'on ipvlan, which hands packets to other subnets to the parent interface: use macvlan, or mode l3';
    problems.add(`must not be the gateway of ${subnet.block.text} ${reason}`, address.text);
  } else if (subnet.isComplete && ![...subnet.auxiliaryAddresses.values()].some((one) => sameAddress(one, address))) {
    const expected = `must be an auxiliary address of ${subnet.block.text}, so that no container gets it`;
    problems.add(expected, address.text, `auxiliaryAddresses: { shim: '${address.text}' }`);
  }
}

/** The address with its prefix length: that of the subnet whose gateway it is in the network, else that of a single address. */
function withPrefix(address: Address, network: NetworkPlan | undefined): string {
  const subnet = network?.subnets.find((one) => isGateway(one, address));
  return `${address.text}/${subnet?.block.prefix ?? width(address.family)}`;
}
