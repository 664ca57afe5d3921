import type { Address } from './address';
import type { RouteCandidate } from './defaultRoute';
import type { Known } from './known';
import type { NetworkPlan } from './network';
import type { Problem } from './problem';
import type { SubnetPlan } from './subnet';
import { sameAddress } from './address';
import { readAddress } from './addressReader';
import { contains } from './cidr';
import { checkDefaultRoutes } from './defaultRoute';
import { dnsName } from './dnsName';
import { isHeldBack } from './engine';
import { Problems } from './problem';
import { optional, readBoolean, readList, readObject, readPattern } from './reader';
import { dockerEdgeName } from './subnet';

/** A container's place on one network. */
export interface AttachmentSpec {
  /** As `planNetwork` read it. */
  network: NetworkPlan;
  /** A fixed address in one of the network's subnets. Left out, Docker hands one out. */
  ipv4Address?: Known<string>;
  ipv6Address?: Known<string>;
  /** Further names of the container on this network. */
  aliases?: Known<readonly Known<string>[]>;
  /** Refused: the provider drops a MAC address of a network in silence. */
  macAddress?: Known<string>;
  /** True where this network shall give the container its default route; needed where several could. */
  defaultRoute?: Known<boolean>;
}

export interface ContainerSpec {
  attachments: readonly AttachmentSpec[];
  /** Published ports, as given; only whether there are any matters here. */
  ports?: Known<readonly unknown[]>;
  /** True where the container is also on a network of another driver, which can publish ports. */
  hasOtherNetwork?: boolean;
}

/** All problems of a container's attachments; empty if there is none. Values not known yet are skipped. */
export function checkAttachments(spec: ContainerSpec): Problem[] {
  const problems = new Problems();
  const container = readObject(problems, spec);
  if (container === undefined) return problems.list;
  const list = problems.at('attachments');
  const attachments = readList(list, container.attachments);
  if (attachments?.length === 0) list.say('must hold at least one network');
  const seen = new Map<unknown, string>();
  const candidates = [...(attachments ?? [])].map((attachment, index) =>
    checkAttachment(list.at(index), attachment, seen),
  );
  checkDefaultRoutes(list, candidates);
  checkPorts(problems.at('ports'), container);
  return problems.list;
}

function checkAttachment(problems: Problems, value: unknown, seen: Map<unknown, string>): RouteCandidate {
  const attachment = readObject(problems, value);
  if (attachment === undefined) return { network: undefined, defaultRoute: undefined, isSaid: true };
  const network = readPlan(problems.at('network'), attachment.network, seen);
  readFixedAddress(problems.at('ipv4Address'), attachment.ipv4Address, network, 4);
  readFixedAddress(problems.at('ipv6Address'), attachment.ipv6Address, network, 6);
  checkAliases(problems.at('aliases'), attachment.aliases);
  const { macAddress, defaultRoute } = attachment;
  const reason = "the Docker provider drops a network's MAC address in silence";
  if (macAddress !== undefined) problems.at('macAddress').add(`must be left out: ${reason}`, macAddress);
  return {
    network,
    defaultRoute: optional(defaultRoute, (given) => readBoolean(problems.at('defaultRoute'), given)),
    isSaid: defaultRoute !== undefined,
  };
}

/** The network of an attachment, which must not be one of an earlier attachment, nor have its name. */
function readPlan(problems: Problems, value: unknown, seen: Map<unknown, string>): NetworkPlan | undefined {
  if (!isPlan(value)) {
    problems.add('must be a network', value);
    return undefined;
  }
  const earlier = seen.get(value) ?? seen.get(value.name);
  if (earlier !== undefined) {
    problems.say(`must be given once, got it also at ${earlier}`);
    return undefined;
  }
  seen.set(value, problems.path);
  if (value.name !== undefined) seen.set(value.name, problems.path);
  return value;
}

/** True for what `planNetwork` made. */
export function isPlan(value: unknown): value is NetworkPlan {
  return typeof value === 'object' && value !== null && 'hasAllSubnets' in value && 'subnets' in value;
}

/** Reads the fixed address of a container: inside one of the network's subnets, and nobody else's. */
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

function checkPorts(problems: Problems, spec: Readonly<Record<string, unknown>>): void {
  const ports = optional(spec.ports, (given) => readList(problems, given)) ?? [];
  if (ports.length === 0 || spec.hasOtherNetwork === true) return;
  problems.say(
    'must be left out: macvlan and ipvlan publish no ports (Docker ignores them); ' +
      "the container's own address has every port open",
  );
}
