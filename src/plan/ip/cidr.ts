import type { Address, Family } from './address';
import { addressOf, parseAddress } from './address';

/** A block of addresses without host bits, and its canonical text: `192.168.14.0/24`, `2001:db8::/64` (RFC 5952). */
export interface Cidr {
  readonly family: Family;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
  readonly text: string;
}

/** An address and the block it lies in, as an interface carries them: `192.168.14.1/24`. */
export interface InterfaceAddress {
  readonly address: Address;
  readonly block: Cidr;
  readonly text: string;
}

const prefixPattern = /^(0|[1-9][0-9]{0,2})$/;

/** Reads `address/prefix`; `undefined` where the text is not that, or the prefix length does not fit the family. */
export function parseInterfaceAddress(text: string): InterfaceAddress | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const prefix = text.slice(slash + 1);
  if (!prefixPattern.test(prefix)) return undefined;
  const address = parseAddress(text.slice(0, slash));
  if (address === undefined || Number(prefix) > width(address.family)) return undefined;
  const block = cidrOf(address, Number(prefix));
  return { address, block, text: `${address.text}/${block.prefix}` };
}

/** Reads a block in CIDR form; `undefined` also where host bits are set, as Docker refuses those. */
export function parseCidr(text: string): Cidr | undefined {
  const read = parseInterfaceAddress(text);
  return read?.address.value === read?.block.first ? read?.block : undefined;
}

/** The block of this prefix length around an address: host bits are cleared. */
export function cidrOf(address: Address, prefix: number): Cidr {
  const { family } = address;
  const hostMask = (1n << BigInt(width(family) - prefix)) - 1n;
  const first = address.value & ~hostMask;
  const text = first === address.value ? address.text : addressOf(family, first).text;
  return { family, prefix, first, last: first | hostMask, text: `${text}/${prefix}` };
}

/** Bits of an address: 32 or 128. */
export function width(family: Family): number {
  return family === 4 ? 32 : 128;
}

export function contains(block: Cidr, address: Address): boolean {
  return block.family === address.family && block.first <= address.value && address.value <= block.last;
}

export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/**
 * The name of an address of a block that no machine may have, or `undefined`: an IPv4 block's first and last (RFC 1122; not in a
 * /31, RFC 3021, or a /32), and an IPv6 block's first (RFC 4291, 2.6.1; not in a /127, RFC 6164, or a /128).
 */
export function edgeName(block: Cidr, address: Pick<Address, 'value'>): string | undefined {
  if (width(block.family) - block.prefix < 2) return undefined;
  if (address.value === block.first) {
    return block.family === 4 ? 'the network address' : 'the subnet-router anycast address';
  }
  return block.family === 4 && address.value === block.last ? 'the broadcast address' : undefined;
}
