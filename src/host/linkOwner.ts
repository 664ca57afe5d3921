import { createHash } from 'node:crypto';

/** Who declares links on a host: two owners may share a link, and it goes with the last of them. */
export interface LinkOwner {
  project: string;
  stack: string;
  /** The kind of component, each of which has names of its own; `vlans` for all VLANs that are declared one by one on a host of that name. */
  kind: 'trunk' | 'shim' | 'vlans';
  /** The component's name. */
  name: string;
}

/** One word that is also a file name on the host (255 bytes at most), whatever the user's names hold. */
export function ownerWord({ project, stack, kind, name }: LinkOwner): string {
  const parts = [project, stack, ...(kind === 'trunk' ? [] : [kind]), name];
  const word = parts.map(encodeWord).join('+');
  if (word.length <= 200) return word;
  return `${word.slice(0, 180)}+${createHash('sha256').update(word).digest('hex').slice(0, 16)}`;
}

/** A short hash of the owner, for the name of a resource. */
export function ownerTag(owner: LinkOwner): string {
  return createHash('sha256').update(ownerWord(owner)).digest('hex').slice(0, 8);
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
