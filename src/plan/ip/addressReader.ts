import type { Address } from './address';
import type { Cidr, InterfaceAddress } from './cidr';
import type { Problems } from '../argument/problem';
import { mappedAddress, parseAddress } from './address';
import { parseInterfaceAddress } from './cidr';
import { readString } from '../argument/reader';

/** Reads an IP address, as `parseAddress`; the problem offers the address without its zone, prefix or mapping. */
export function readAddress(problems: Problems, value: unknown): Address | undefined {
  const expected = 'must be an IP address';
  const text = readString(problems, value, expected);
  if (text === undefined) return undefined;
  const address = parseAddress(text);
  if (address !== undefined) return address;
  problems.add(`${expected}${reason(text)}`, text, plainAddress(text));
  return undefined;
}

/** Reads an address with its prefix length, as an interface carries it: `192.168.14.1/24`. */
export function readInterfaceAddress(problems: Problems, value: unknown): InterfaceAddress | undefined {
  const expected = 'must be an IP address with its prefix length, like 192.168.14.1/24';
  const text = readString(problems, value, expected);
  if (text === undefined) return undefined;
  const read = parseInterfaceAddress(text);
  if (read !== undefined) return read;
  problems.add(`${expected}${reason(text)}`, text, plainInterfaceAddress(text));
  return undefined;
}

/** Reads a block in CIDR form. Host bits are refused, as Docker refuses them, and the block is offered. */
export function readCidr(problems: Problems, value: unknown): Cidr | undefined {
  const expected = 'must be a block of addresses in CIDR form, like 192.168.14.0/24';
  const text = readString(problems, value, expected);
  if (text === undefined) return undefined;
  const read = parseInterfaceAddress(text);
  if (read === undefined) {
    problems.add(`${expected}${reason(text)}`, text, plainInterfaceAddress(text));
    return undefined;
  }
  if (read.address.value === read.block.first) return read.block;
  problems.add('must have no host bits set', text, read.block.text);
  return undefined;
}

function reason(text: string): string {
  if (text.includes('%')) return ' without a zone';
  return mappedAddress(text.split('/', 1).join()) === undefined ? '' : ', not an IPv4-mapped one';
}

/** The address that the user probably meant: without brackets, zone, prefix length, spaces or IPv4 mapping. */
function plainAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/[%/].*$/s, '');
  return (mappedAddress(bare) ?? parseAddress(bare))?.text;
}

function plainInterfaceAddress(text: string): string | undefined {
  const [head = '', tail] = text.trim().split('/');
  // No prefix length is suggested where none was given: a wrong one would do harm.
  if (tail === undefined) return undefined;
  const address = parseAddress(head.replace(/%.*$/s, ''));
  return address === undefined ? undefined : parseInterfaceAddress(`${address.text}/${tail}`)?.text;
}
