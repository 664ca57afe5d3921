import type { Cidr } from './cidr';
import { overlaps, parseCidr } from './cidr';

/** A range that RFC 6890 sets aside, with the name that messages use. */
export interface SpecialRange {
  readonly name: string;
  readonly block: Cidr;
}

function range(name: string, text: string): SpecialRange {
  const block = parseCidr(text);
  if (block === undefined) throw new Error(`not a block: ${text}`);
  return { name, block };
}

/** Addresses that no interface on a link may carry. 0.0.0.0/8: RFC 1122, 3.2.1.3. */
export const unusable: readonly SpecialRange[] = [
  range('unspecified', '0.0.0.0/8'),
  range('loopback', '127.0.0.0/8'),
  range('multicast', '224.0.0.0/4'),
  range('limited broadcast', '255.255.255.255/32'),
  range('unspecified', '::/128'),
  range('loopback', '::1/128'),
  range('multicast', 'ff00::/8'),
];

/** Addresses that are valid on one link only (RFC 3927, RFC 4291). A host may carry one; a Docker network must not hand them out. */
export const linkLocal: readonly SpecialRange[] = [
  range('link-local', '169.254.0.0/16'),
  range('link-local', 'fe80::/10'),
];

/** The first of these ranges that a block touches. */
export function touches(ranges: readonly SpecialRange[], block: Cidr): SpecialRange | undefined {
  return ranges.find((special) => overlaps(special.block, block));
}
