import type { Address } from '../ip/address';
import type { Cidr } from '../ip/cidr';
import type { Known } from '../argument/known';
import type { Problems } from '../argument/problem';
import { addressOf, sameAddress } from '../ip/address';
import { readAddress, readCidr } from '../ip/addressReader';
import { contains, containsCidr, edgeName } from '../ip/cidr';
import { FirstSeen } from '../argument/firstSeen';
import { checkWellFormed, optional, readObject } from '../argument/reader';
import { linkLocal, touches, unusable } from '../ip/specialRange';

/** The value of `gateway` that gives containers no default route through the subnet. */
export const noGateway = 'none';

/** The declaration of a subnet of a Docker network. */
export interface SubnetSpec {
  /** CIDR without host bits: `192.168.14.0/24`, `2001:db8:14::/64`. */
  subnet: Known<string>;
  /**
   * The containers' default gateway: the address of a router in the subnet, or `none` for no default route. Required when the network has
   * a parent interface and is not internal, because the default differs: Engines up to 28 choose a gateway, later ones set none.
   */
  gateway?: Known<string>;
  /** The part of the subnet that Docker may hand out, in CIDR form. By default all of it. */
  ipRange?: Known<string>;
  /** Addresses that Docker never hands out, by a name of your own (a router, a printer, another host's share). */
  auxiliaryAddresses?: Readonly<Record<string, Known<string>>>;
}

/** A subnet after reading: the parts of its declaration that are known and valid. */
export interface SubnetPlan {
  /** Its place in the declaration's list. */
  readonly index: number;
  readonly block: Cidr;
  readonly gateway?: Address;
  readonly ipRange?: Cidr;
  readonly auxiliaryAddresses: ReadonlyMap<string, Address>;
  /** True if every part is here; false if a part was left out because it is not known yet, or wrong. */
  readonly isComplete: boolean;
}

/** Whether a gateway must be set, may be set, or is refused because it has no meaning (ipvlan l3 and l3s route without one). */
export type GatewayRule = 'needed' | 'allowed' | 'refused';

export function readSubnet(
  problems: Problems,
  index: number,
  value: unknown,
  rule: GatewayRule,
): SubnetPlan | undefined {
  const spec = readObject(problems, value);
  if (spec === undefined) return undefined;
  const before = problems.count();
  const block = readBlock(problems.at('subnet'), spec.subnet);
  const gateway = readGateway(problems.at('gateway'), spec.gateway, block, rule);
  const ipRange = optional(spec.ipRange, (given) => readIpRange(problems.at('ipRange'), given, block));
  const aux = problems.at('auxiliaryAddresses');
  const auxiliaryAddresses =
    optional(spec.auxiliaryAddresses, (given) => readAuxiliaryAddresses(aux, given, block, gateway)) ??
    new Map<string, Address>();
  if (block === undefined) return undefined;
  const plan = {
    index,
    block,
    ...(gateway === undefined ? {} : { gateway }),
    ...(ipRange === undefined ? {} : { ipRange }),
    auxiliaryAddresses,
    isComplete: problems.count() === before,
  };
  if (!hasRoom(plan)) {
    problems.at('subnet').add('must have an address for a container beside those reserved', block.text);
  }
  return plan;
}

/**
 * The name of an address at the edge of a subnet that Docker gives to no container, or `undefined` for any other. Docker reserves the
 * first address of every IPv6 subnet, even of a /127 (moby, libnetwork/ipams/defaultipam).
 */
export function dockerEdgeName(block: Cidr, address: Pick<Address, 'family' | 'value'>): string | undefined {
  if (block.family === 6 && address.value === block.first) return 'the subnet-router anycast address';
  return edgeName(block, address);
}

/**
 * The address that an Engine up to 27 reserves as a gateway if none is set: the first that it may hand out. `undefined` if a gateway is
 * set, or may turn out to be, and in a /31 and the like, which need an Engine that reserves none.
 */
export function heldBackAddress(subnet: SubnetPlan): Address | undefined {
  const { block, ipRange } = subnet;
  if (subnet.gateway !== undefined || !subnet.isComplete || block.last - block.first < 2n) return undefined;
  const range = ipRange ?? block;
  const first = addressOf(block.family, range.first);
  if (dockerEdgeName(block, first) === undefined) return first;
  return range.first < range.last ? addressOf(block.family, range.first + 1n) : undefined;
}

/** True for the gateway of the subnet. */
export function isGateway({ gateway }: Pick<SubnetPlan, 'gateway'>, address: Address): boolean {
  return gateway !== undefined && sameAddress(gateway, address);
}

function readBlock(problems: Problems, value: unknown): Cidr | undefined {
  const block = readCidr(problems, value);
  if (block === undefined) return undefined;
  const special = touches(unusable, block) ?? touches(linkLocal, block);
  if (special === undefined) return block;
  problems.add(`must not touch the ${special.name} range ${special.block.text}`, block.text);
  return undefined;
}

function readGateway(
  problems: Problems,
  value: unknown,
  block: Cidr | undefined,
  rule: GatewayRule,
): Address | undefined {
  if (value === noGateway || (value === undefined && rule !== 'needed')) return undefined;
  if (rule === 'refused') {
    problems.add('must be left out: ipvlan l3 and l3s route without a gateway', value);
    return undefined;
  }
  if (value === undefined) {
    const reason = 'if none is set, Engines up to 28 choose a gateway and later ones do not';
    problems.add(`must be an address of the subnet, or "${noGateway}" (${reason})`, value);
    return undefined;
  }
  return readMember(problems, value, block);
}

function readIpRange(problems: Problems, value: unknown, block: Cidr | undefined): Cidr | undefined {
  const range = readCidr(problems, value);
  if (range === undefined || block === undefined) return undefined;
  if (containsCidr(block, range)) return range;
  problems.add(`must lie inside the subnet ${block.text}`, range.text);
  return undefined;
}

function readAuxiliaryAddresses(
  problems: Problems,
  value: unknown,
  block: Cidr | undefined,
  gateway: Address | undefined,
): Map<string, Address> {
  const seen = new FirstSeen();
  const read = new Map<string, Address>();
  for (const [name, item] of Object.entries(readObject(problems, value) ?? {})) {
    const at = problems.at(name);
    const address = readMember(at, item, block);
    if (!checkWellFormed(at, name) || address === undefined || !seen.add(at, address.text, address.text)) continue;
    if (gateway !== undefined && sameAddress(gateway, address)) {
      at.add('must not be the gateway, which Docker reserves anyway', address.text);
      continue;
    }
    read.set(name, address);
  }
  return read;
}

/** Reads an address of the subnet that a machine may have. */
export function readMember(problems: Problems, value: unknown, block: Cidr | undefined): Address | undefined {
  const address = readAddress(problems, value);
  if (address === undefined || block === undefined) return undefined;
  if (!contains(block, address)) {
    problems.add(`must be an address of the subnet ${block.text}`, address.text);
    return undefined;
  }
  const edge = dockerEdgeName(block, address);
  if (edge === undefined) return address;
  problems.add(`must not be ${edge} of ${block.text}`, address.text);
  return undefined;
}

/** Number of addresses of a range that are neither an edge of the subnet nor its gateway nor an auxiliary address. */
export function freeAddressCount(subnet: SubnetPlan, range: Cidr): bigint {
  const { block, gateway, auxiliaryAddresses } = subnet;
  const edges = [block.first, block.last].filter(
    (value) => dockerEdgeName(block, { family: block.family, value }) !== undefined,
  );
  const reserved = [gateway, heldBackAddress(subnet), ...auxiliaryAddresses.values()];
  const values = [...edges, ...reserved.flatMap((address) => (address === undefined ? [] : [address.value]))];
  const taken = new Set(values.filter((value) => range.first <= value && value <= range.last));
  return range.last - range.first + 1n - BigInt(taken.size);
}

/** True if a subnet has at least one address for a container, fixed or handed out. */
function hasRoom(subnet: SubnetPlan): boolean {
  const { block, auxiliaryAddresses } = subnet;
  // At most two edges, a gateway and the auxiliary addresses are reserved: in a larger subnet there is nothing to count.
  if (block.last - block.first > auxiliaryAddresses.size + 3) return true;
  return freeAddressCount(subnet, block) > 0n;
}
