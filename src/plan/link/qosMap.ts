import { isKnown, type Known, unknown as notKnown } from '../argument/known';
import type { Problems } from '../argument/problem';
import { readInteger, readObject } from '../argument/reader';

/**
 * How a VLAN translates the priority of frames: from that of a packet on the host (skb priority) to the PCP of the tag, or the other way round.
 * What is not named becomes 0, as without a map.
 */
export type QosMap = Readonly<Record<number, Known<number>>>;

export type QosDirection = 'egress' | 'ingress';

/** Three bits of the tag (IEEE 802.1Q). */
const highestPcp = 7;
/** An unsigned integer of 32 bits: `skb->priority` of the kernel. */
const highestPacketPriority = 4_294_967_295;
/** More entries, with the same number of others that they replace, do not fit into one message of `ip` to the kernel (1024 bytes). */
const mostEntries = 32;

const sides = {
  egress: { from: "a packet's priority", lastFrom: highestPacketPriority, lastTo: highestPcp },
  ingress: { from: 'a PCP', lastFrom: highestPcp, lastTo: highestPacketPriority },
};

/** Reads a map. In its normal form no entry leads to 0. */
export function readQosMap(problems: Problems, value: unknown, direction: QosDirection): Known<QosMap> | undefined {
  if (value === notKnown) return notKnown;
  const { from, lastFrom, lastTo } = sides[direction];
  const entries = Object.entries(readObject(problems, value) ?? {});
  if (entries.length > mostEntries) problems.add(`must have at most ${mostEntries} entries`, entries.length);
  const read: Record<number, Known<number>> = {};
  for (const [key, item] of entries) {
    const priority = /^(?:0|[1-9][0-9]{0,9})$/.test(key) ? Number(key) : NaN;
    if (!(priority <= lastFrom)) {
      problems.at(key).addMessage(`must be under ${from} from 0 to ${lastFrom}`);
      continue;
    }
    const to = item === notKnown ? notKnown : readInteger(problems.at(priority), item, 0, lastTo);
    if (to !== undefined && to !== 0) read[priority] = to;
  }
  return read;
}

/** The entries of a map that is known. */
export function qosEntries(map: QosMap): [from: string, to: number][] {
  return Object.entries(map).map(([from, to]) => {
    if (!isKnown(to)) throw new Error('a map is rendered only once all of its values are known');
    return [from, to];
  });
}
