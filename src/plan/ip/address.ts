import { Address4, Address6 } from 'ip-address';

export type Family = 4 | 6;

/** An IP address: its family, its value as a number, and its one canonical text (RFC 5952 for IPv6). */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
  readonly text: string;
}

/** Longest text of an address: an IPv6 one with dotted quad (`INET6_ADDRSTRLEN` less its NUL). */
const longest = 45;
const mappedPrefix = 0xffffn;

/**
 * Reads an IPv4 or IPv6 address. `undefined` for anything else, and for what `ip-address` lets pass: a prefix length,
 * a zone (RFC 4007: it has a meaning on one host only), and IPv4-mapped IPv6 (RFC 4291, 2.5.5.2: never on a link).
 */
export function parseAddress(text: string): Address | undefined {
  const address = parseAnyAddress(text);
  return address === undefined || isMapped(address) ? undefined : address;
}

/** The IPv4 address inside an IPv4-mapped IPv6 one, for a message that offers it. */
export function mappedAddress(text: string): Address | undefined {
  const address = parseAnyAddress(text);
  return address !== undefined && isMapped(address) ? addressOf(4, address.value & 0xffff_ffffn) : undefined;
}

function isMapped(address: Address): boolean {
  return address.family === 6 && address.value >> 32n === mappedPrefix;
}

function parseAnyAddress(text: string): Address | undefined {
  if (text.length > longest || text.includes('/') || text.includes('%')) return undefined;
  try {
    if (!text.includes(':')) {
      const address = new Address4(text);
      return { family: 4, value: address.bigInt(), text: address.correctForm() };
    }
    const address = new Address6(text);
    return { family: 6, value: address.bigInt(), text: address.correctForm() };
  } catch {
    return undefined;
  }
}

/** The address with this value; the value must fit the family. */
export function addressOf(family: Family, value: bigint): Address {
  const text = family === 4 ? Address4.fromBigInt(value).correctForm() : Address6.fromBigInt(value).correctForm();
  return { family, value, text };
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.value === b.value;
}
