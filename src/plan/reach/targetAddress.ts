import { parseAddress } from '../ip/address';
import { contains, parseInterfaceAddress } from '../ip/cidr';

/**
 * The addresses by which one machine is to reach another: those in a subnet that it is on itself; where there is none, all of an IP version that it has.
 * @param from - its own, with prefix length; `undefined` for a machine whose addresses are not known.
 * @param to - the other one's, with or without prefix length.
 */
export function addressesTo(from: readonly string[] | undefined, to: readonly string[]): string[] {
  const plain = to.map((text) => text.replace(/\/.*$/, ''));
  if (from === undefined) return plain;
  const own = from.flatMap((text) => parseInterfaceAddress(text) ?? []);
  const known = plain.map((text) => ({ text, address: parseAddress(text) }));
  const near = known.filter(({ address }) => address && own.some(({ block }) => contains(block, address)));
  const far = known.filter(({ address }) => !address || own.some((one) => one.address.family === address.family));
  return (near.length > 0 ? near : far).map(({ text }) => text);
}
