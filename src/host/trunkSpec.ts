import { createHash } from 'node:crypto';
import { isKnown, type Known } from '../plan/known';
import type { TrunkPlan, VlanPlan } from '../plan/trunk';

/** Who declares a trunk: two owners may share a link, and it goes with the last of them. */
export interface TrunkOwner {
  project: string;
  stack: string;
  trunk: string;
  /** Part of the identity, so that a host that only changed its address keeps its links when the old one is removed. */
  address: string;
}

/** The text that trunk.sh reads: one word list a line. Every word has passed an allow-list in src/plan. */
export function renderTrunkSpec(owner: TrunkOwner, plan: TrunkPlan): string {
  return renderLines(owner, plan.parentInterface, plan.vlans.flatMap(vlanLines));
}

/**
 * The spec by which one subinterface is removed. It names what is to go and nothing else, so that a changed MTU or
 * address is no change of it: what we set on the link is in the host's record.
 */
export function renderRemovalSpec(owner: TrunkOwner, parentInterface: string, vlan: VlanPlan): string {
  return renderLines(owner, parentInterface, [vlanLine(vlan, '-')]);
}

function renderLines(owner: TrunkOwner, parentInterface: string, vlans: string[]): string {
  const lines = [`owner ${ownerWord(owner)}`, `parent ${parentInterface}`, ...vlans];
  return lines.map((line) => `${line}\n`).join('');
}

function vlanLines(vlan: VlanPlan): string[] {
  const mtu = vlan.mtu === undefined ? '-' : String(resolved(vlan.mtu));
  return [
    vlanLine(vlan, mtu),
    ...vlan.addresses.map((address) => `address ${vlan.interfaceName} ${resolved(address)}`),
  ];
}

function vlanLine({ interfaceName, vlanId, protocol }: VlanPlan, mtu: string): string {
  return `vlan ${interfaceName} ${vlanId} ${protocol} ${mtu}`;
}

function resolved<T extends string | number>(value: Known<T>): T {
  if (!isKnown(value)) throw new Error('a spec is rendered only once all of its values are known');
  return value;
}

/** One word that is also a file name on the host (255 bytes at most), whatever the user's names hold. */
function ownerWord({ project, stack, trunk, address }: TrunkOwner): string {
  const word = [project, stack, trunk, address].map(encodeWord).join('+');
  if (word.length <= 200) return word;
  return `${word.slice(0, 180)}+${createHash('sha256').update(word).digest('hex').slice(0, 16)}`;
}

/** Percent-encodes all but letters, digits, "_", ":", "-" and dots; a leading dot would hide the file. */
function encodeWord(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._:-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
  })
    .join('')
    .replace(/^\./, '%2e');
}
