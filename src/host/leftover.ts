import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataMark, sessionCommand } from './hostSession';
import { ownerLabel } from './ownerLabel';
import { factValues, readProbeFacts } from './probeFact';
import { runOverSsh } from './ssh';
import { endpointName } from './sshFailure';
import type { SshTarget } from './sshOption';

/** What a killed run may have made without recording it: by its name on the host, with the owner of the stack. */
export interface Leftover {
  readonly kind: 'network' | 'container';
  readonly name: string;
  readonly owner: string;
}

/** Whether the name is free now. */
export type Clearing =
  { readonly isFree: true; readonly removed: boolean } | { readonly isFree: false; reason: string };

/** Whether Docker refuses to make something because another one has its name. */
export function isNameTaken(error: string): boolean {
  return /network with name \S+ already exists|container name \S+ is already in use/.test(error);
}

/** Removes what a killed run has left under a name, in one ssh session; what is not this stack's, or is in use, stays. */
export async function clearLeftover(target: SshTarget, leftover: Leftover): Promise<Clearing> {
  const words = [leftover.kind, leftover.name, leftover.owner];
  // They become arguments of docker on the host. The checks of the arguments accept no others.
  if (!words.every((word) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(word)))
    return kept(target, leftover, 'has another name');
  const part = (name: string) => readFileSync(join(__dirname, `${name}.sh`), 'utf8');
  const data = `${dataMark}\n-- vlan-trunk leftover ${words.join(' ')}\n`;
  const { stdout, stderr } = await runOverSsh(
    target,
    sessionCommand,
    `${part('session')}${part('leftover')}fact end\n${data}`,
  );
  const [answer] = factValues(readProbeFacts(stdout) ?? [], 'leftover');
  const [outcome, ...rest] = (answer ?? '').split(' ');
  if (outcome === 'removed' || outcome === 'absent') return { isFree: true, removed: outcome === 'removed' };
  if (outcome === 'foreign') return kept(target, leftover, 'is not of this stack');
  if (outcome === 'used') return kept(target, leftover, `is used by ${rest.join(' ').trim().replaceAll(' ', ', ')}`);
  return kept(target, leftover, `cannot be removed: ${rest.join(' ').trim() || stderr.trim() || 'no answer'}`);
}

function kept(target: SshTarget, { kind, name }: Leftover, why: string): Clearing {
  return { isFree: false, reason: `${kind} ${name} exists on ${endpointName(target)} and ${why}` };
}

/**
 * The command by which the command provider removes all containers of an owner, which comes on stdin; at the end, when the state holds none
 * of them any more. Its text is the same for every user and every release, because the state holds it.
 */
export const containerRemoval = `sh -c '${[
  'command -v docker >/dev/null || exit 0',
  'read -r o',
  'case $o in ""|*[!0-9a-f-]*) echo "vlan-trunk: no owner" >&2; exit 1;; esac',
  `c=$(docker ps --all --quiet --no-trunc --filter "label=${ownerLabel}=$o") || exit 1`,
  '[ -z "$c" ] || docker rm --force --volumes $c',
].join('; ')}'`;
