import type { NetworkDriver } from './network';
import type { Problems } from './problem';
import { readString } from './reader';

const macPattern = /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}$/i;
const groupBit = 0x01;

/**
 * Reads a MAC address, six bytes with ':' or '-', as lower case with ':'. Refused on ipvlan, whose containers all have
 * the parent's, and where it is a group address (IEEE 802: the first byte is odd) or all zeros.
 */
export function readMacAddress(problems: Problems, value: unknown, driver: NetworkDriver): string | undefined {
  const expected = 'must be a MAC address, like 02:00:5e:10:00:01';
  const text = readString(problems, value, expected);
  if (text === undefined) return undefined;
  if (driver === 'ipvlan') {
    problems.add("must be left out: an ipvlan container has its parent interface's MAC address", text);
    return undefined;
  }
  if (!macPattern.test(text)) {
    problems.add(expected, text);
    return undefined;
  }
  const canonical = text.toLowerCase().replaceAll('-', ':');
  const firstByte = Number.parseInt(canonical.slice(0, 2), 16);
  if ((firstByte & groupBit) !== 0) {
    problems.add('must be the address of one machine, not a multicast one', text);
    return undefined;
  }
  if (canonical === '00:00:00:00:00:00') {
    problems.add('must not be all zeros', text);
    return undefined;
  }
  return canonical;
}

/**
 * A MAC address made from names: the same for the same names, another for others. Locally administered, in the part
 * that IEEE 802c leaves to administrators, and outside 02:42, where old Engines make theirs.
 */
export function deriveMacAddress(stack: string, host: string, container: string): string {
  const name = [stack, host, container].join('\0');
  const [low, high] = [hash(name, 0x9e3779b9), hash(name, 0x85ebca6b)];
  const bytes = [high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low].map((word) => word & 0xff);
  const first = ((bytes[0] ?? 0) & 0xf0) | 0x02;
  bytes[0] = first === 0x02 ? 0x12 : first;
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** MurmurHash3's mixing over UTF-16 units: spread, not secrecy, is what is wanted. */
function hash(text: string, seed: number): number {
  let state = seed;
  for (let index = 0; index < text.length; index += 1) {
    const unit = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    state ^= Math.imul((unit << 15) | (unit >>> 17), 0x1b873593);
    state = (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0;
  }
  state ^= text.length;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
