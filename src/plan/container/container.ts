import type { Address } from '../ip/address';
import type { Ipv6Mode } from './ipv6Mode';
import type { Known } from '../argument/known';
import { isPlan, type NetworkPlan } from '../network/network';
import type { Problem } from '../argument/problem';
import type { SubnetPlan } from '../network/subnet';
import { sameAddress } from '../ip/address';
import { type AttachmentOption, checkInterfaceNames, readAttachmentOption } from './attachmentOption';
import { readAddress } from '../ip/addressReader';
import { contains } from '../ip/cidr';
import { readContainerName } from './containerName';
import { checkDefaultRoutes } from './defaultRoute';
import { dnsName } from '../argument/dnsName';
import { checkContainerSysctls } from './endpointSysctl';
import { isHeldBack } from '../network/engine';
import { checkPorts } from './publishedPort';
import { checkSharedNetwork } from './sharedNetwork';
import { checkIpv6Modes, ipv6OffEverywhere, needsIpv6OffEverywhere } from './ipv6Mode';
import { Problems } from '../argument/problem';
import { optional, readList, readObject, readPattern } from '../argument/reader';
import { dockerEdgeName } from '../network/subnet';

/** The declaration of one attachment: the container on one network. */
export interface AttachmentSpec {
  /** The result of `planNetwork` or `planGivenNetwork`. */
  network: NetworkPlan;
  /** A fixed address in one of the network's subnets. If omitted, Docker hands one out. */
  ipv4Address?: Known<string>;
  ipv6Address?: Known<string>;
  /** Further names of the container on this network. */
  aliases?: Known<readonly Known<string>[]>;
  /** Where the IPv6 address comes from. If omitted: Docker's, if the network has an IPv6 subnet, plus those from router advertisements. */
  ipv6?: Known<Ipv6Mode>;
  /** Kernel settings of the interface, with `IFNAME` for its name. */
  sysctls?: Known<Readonly<Record<string, Known<string>>>>;
  /** Name of the interface in the container. */
  interfaceName?: Known<string>;
  /** The MAC address of the interface; if omitted, each start has another one (Engine 28 and newer). */
  macAddress?: Known<string>;
  /** True: this network gives the container its default route. Required if several networks could. */
  defaultRoute?: Known<boolean>;
}

export interface ContainerSpec {
  /** Docker's name of the container. If omitted, Pulumi makes one. */
  name?: Known<string>;
  attachments: readonly AttachmentSpec[];
  /** Published ports. Their form is the provider's to check. */
  ports?: Known<readonly unknown[]>;
  /** Kernel settings of the container, for all of its interfaces. */
  sysctls?: Known<Readonly<Record<string, Known<string>>>>;
  /** Given: it lives in the network namespace of another container. The arguments that then belong to that one, as far as the program gives them. */
  ofOther?: Readonly<Record<string, unknown>>;
}

/** All problems of a container's attachments; empty if there is none. Values not known yet are skipped. */
export function checkAttachments(spec: ContainerSpec): Problem[] {
  const problems = new Problems();
  readContainer(problems, spec);
  return problems.list;
}

/** Reads a container: adds all problems, and returns the parts of its attachments that are known and valid. */
export function readContainer(problems: Problems, value: unknown): AttachmentOption[] {
  const container = readObject(problems, value);
  if (container === undefined) return [];
  optional(container.name, (given) => readContainerName(problems.at('name'), given));
  const ofOther = optional(container.ofOther, (given) => readObject(problems, given));
  if (ofOther !== undefined) {
    checkSharedNetwork(problems, { ...ofOther, sysctls: container.sysctls });
    return [];
  }
  const list = problems.at('attachments');
  const attachments = [...(readList(list, container.attachments) ?? [])];
  if (Array.isArray(container.attachments) && attachments.length === 0)
    list.addMessage('must hold at least one network, or networkOf must be given');
  const seen = new Map<unknown, string>();
  const read = attachments.map((attachment, index) => readAttachment(list.at(index), attachment, seen));
  checkDefaultRoutes(list, read);
  checkIpv6Modes(list, read);
  checkInterfaceNames(list, read, attachments.every(hasInterfaceName));
  checkPorts(problems.at('ports'), container.ports, list, read);
  checkSysctls(problems.at('sysctls'), container.sysctls, read.some(needsIpv6OffEverywhere));
  return read;
}

function hasInterfaceName(attachment: unknown): boolean {
  return readObject(new Problems(), attachment)?.interfaceName !== undefined;
}

function readAttachment(problems: Problems, value: unknown, seen: Map<unknown, string>): AttachmentOption {
  const attachment = readObject(problems, value);
  if (attachment === undefined) return nothingRead;
  const network = readPlan(problems.at('network'), attachment.network, seen);
  readFixedAddress(problems.at('ipv4Address'), attachment.ipv4Address, network, 4);
  readFixedAddress(problems.at('ipv6Address'), attachment.ipv6Address, network, 6);
  checkAliases(problems.at('aliases'), attachment.aliases);
  return readAttachmentOption(problems, attachment, network);
}

const nothingRead: AttachmentOption = {
  network: undefined,
  defaultRoute: undefined,
  isSet: true,
  ipv6: undefined,
  hasUnknownMode: true,
  sysctls: new Map(),
  interfaceName: undefined,
  macAddress: undefined,
};

/** Reads the network of an attachment. It must differ from those of earlier attachments, in its name too. */
function readPlan(problems: Problems, value: unknown, seen: Map<unknown, string>): NetworkPlan | undefined {
  if (!isPlan(value)) {
    problems.add('must be a network', value);
    return undefined;
  }
  const earlier = seen.get(value) ?? seen.get(value.name);
  if (earlier !== undefined) {
    problems.addMessage(`must be given once, got it also at ${earlier}`);
    return undefined;
  }
  seen.set(value, problems.path);
  if (value.name !== undefined) seen.set(value.name, problems.path);
  return value;
}

/** Reads the fixed address of a container: it must lie in one of the network's subnets and must not be reserved there. */
export function readFixedAddress(
  problems: Problems,
  value: unknown,
  network: NetworkPlan | undefined,
  family: 4 | 6,
): Address | undefined {
  const address = optional(value, (given) => readAddress(problems, given));
  if (address === undefined) return undefined;
  if (address.family !== family) {
    problems.add(`must be an IPv${family} address`, address.text);
    return undefined;
  }
  if (network === undefined) return address;
  const subnet = network.subnets.find(({ block }) => contains(block, address));
  if (subnet === undefined) {
    if (network.hasAllSubnets) problems.add(outside(network, family), address.text);
    return undefined;
  }
  const taken = takenBy(network, subnet, address);
  if (taken === undefined) return address;
  problems.add(`must not be ${taken} of ${subnet.block.text}`, address.text);
  return undefined;
}

function outside(network: NetworkPlan, family: 4 | 6): string {
  const blocks = network.subnets.filter(({ block }) => block.family === family).map(({ block }) => block.text);
  return blocks.length === 0
    ? `must be left out: the network has no IPv${family} subnet`
    : `must be an address of ${blocks.join(' or ')}`;
}

function takenBy(network: NetworkPlan, subnet: SubnetPlan, address: Address): string | undefined {
  const { block, gateway, auxiliaryAddresses } = subnet;
  const edge = dockerEdgeName(block, address);
  if (edge !== undefined) return edge;
  if (gateway !== undefined && sameAddress(gateway, address)) return 'the gateway';
  for (const [name, auxiliary] of auxiliaryAddresses) {
    if (sameAddress(auxiliary, address)) return `the auxiliary address ${JSON.stringify(name)}`;
  }
  return isHeldBack(network, subnet, address) ? 'the address that Engines up to 27 hold back' : undefined;
}

function checkAliases(problems: Problems, value: unknown): void {
  const aliases = optional(value, (given) => readList(problems, given)) ?? [];
  [...aliases].forEach((alias, index) => {
    readPattern(problems.at(index), alias, dnsName, "must be a name of letters, digits, '-', '_' and '.'");
  });
}

function checkSysctls(problems: Problems, value: unknown, isIpv6Off: boolean): void {
  checkContainerSysctls(problems, value);
  const given = isIpv6Off && value !== undefined ? readObject(new Problems(), value)?.[ipv6OffEverywhere] : undefined;
  if (given !== undefined && given !== '1') {
    problems.at(ipv6OffEverywhere).add('must be "1", because an attachment has ipv6: "off"', given);
  }
}
