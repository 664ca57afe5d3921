import { partInput, sessionCommand } from './hostSession';
import { ownerLabel } from './ownerLabel';
import { factValues, readProbeFacts } from './probeFact';
import { runOverSsh } from './ssh';
import { endpointName } from './sshFailure';
import type { SshTarget } from './sshOption';

/** What may be on the host and in no state: by its name there, with the owner of the stack. */
export interface Leftover {
  readonly kind: 'network' | 'container';
  readonly name: string;
  readonly owner: string;
}

/** Whether the name is free now. */
export type Clearing =
  /** `removed`: false where nothing had the name; else the containers that were removed together with a network. */
  { readonly isFree: true; readonly removed: false | readonly string[] } | { readonly isFree: false; reason: string };

/** Whether Docker refuses to make something because another one has its name. */
export function isNameTaken(error: string): boolean {
  return /network with name \S+ already exists|container name \S+ is already in use/.test(error);
}

/** Removes what was left under a name, in one ssh session; what is not this stack's, or is used by others, stays. */
export async function clearLeftover(target: SshTarget, leftover: Leftover): Promise<Clearing> {
  const asked = [leftover.kind, leftover.name, leftover.owner];
  // They become arguments of docker on the host. The checks of the arguments accept no others.
  if (!asked.every((word) => /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(word)))
    return kept(target, leftover, 'has another name');
  const input = partInput(['leftover'], [`-- vlan-trunk leftover ${asked.join(' ')}`]);
  const { stdout, stderr } = await runOverSsh(target, sessionCommand, input);
  const [answer] = factValues(readProbeFacts(stdout) ?? [], 'leftover');
  const [outcome, ...rest] = (answer ?? '').split(' ');
  if (outcome === 'absent') return { isFree: true, removed: false };
  if (outcome === 'removed') return { isFree: true, removed: rest.filter((word) => word !== '') };
  if (outcome === 'foreign')
    return kept(target, leftover, 'is not of this stack: give this one another name, or remove that one there');
  const words = rest.join(' ').trim();
  const again = 'run the same command again';
  if (outcome === 'used')
    return kept(target, leftover, `is used by ${words.replaceAll(' ', ', ')}: take that off it and ${again}`);
  return kept(target, leftover, `cannot be removed: ${words || stderr.trim() || 'no answer'}; ${again} once it can`);
}

function kept(target: SshTarget, { kind, name }: Leftover, why: string): Clearing {
  return { isFree: false, reason: `${kind} ${name} exists on ${endpointName(target)} and ${why}` };
}

/*
 * Commands for the command provider. Their text is the same for every user and every release, because the state holds it; the owner comes on
 * stdin. Each runs when the state holds none of the things any more that it removes.
 */

const readOwner = [
  'command -v docker >/dev/null || exit 0',
  'read -r o p',
  'case $o in ""|*[!0-9a-f-]*) echo "vlan-trunk: no owner" >&2; exit 1;; esac',
];

/**
 * Removes all containers of the owner. Docker does not flush that, so a power cut right after it would bring them back, and no state would know them.
 * Where Docker's folder is another one, or not to be opened by this user, all is flushed.
 */
export const removeContainers = shellCommand([
  ...readOwner,
  `c=$(docker ps --all --quiet --no-trunc --filter "label=${ownerLabel}=$o") || exit 1`,
  '[ -z "$c" ] || docker rm --force --volumes $c || exit 1',
  'sync /var/lib/docker/containers 2>/dev/null || sync',
]);

/**
 * Removes all networks of the owner on one parent interface, which comes behind the owner, or on none. The engine has all containers of the owner
 * removed at the same time. A minute is more than that takes.
 */
export const removeNetworks = shellCommand([
  ...readOwner,
  `n=$(docker network ls --quiet --no-trunc --filter "label=${ownerLabel}=$o") || exit 1`,
  '[ -n "$n" ] || exit 0',
  'docker network inspect --format "{{.ID}} {{index .Options \\"parent\\"}}" $n | ' +
    'while read -r i q; do [ "$q" = "$p" ] || continue; t=60; ' +
    `while [ $t -gt 0 ] && [ -n "$(docker ps --all --quiet --filter "label=${ownerLabel}=$o" --filter "network=$i")" ]; ` +
    'do sleep 1; t=$((t - 1)); done; docker network rm "$i" || exit 1; done',
]);

function shellCommand(steps: string[]): string {
  return `sh -c '${steps.join('; ')}'`;
}
