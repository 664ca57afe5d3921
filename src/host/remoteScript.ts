import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { show } from '../plan/argument/show';
import { isRevision } from './drift';
import { joinHostScript, withoutComments } from './joinScript';

/** What one run of the host script does for the command provider, see main.sh. */
export type LinkAction = 'apply' | 'sweep' | 'remove';

/**
 * Starts the host script: the staged one, else the one that the last apply kept (stage.sh). Its text is the same for every user and every
 * release, because the state holds it: the data comes on stdin, and begins with the owner. Where there is neither a record nor
 * a staged script, nothing is left to remove.
 */
const starter = [
  // Without root the records cannot be seen, and a removal would succeed for nothing.
  '[ "$(id -u)" = 0 ] || { echo "vlan-trunk: needs root on this host and runs as $(id -un): set sudo on the Host" >&2; exit 1; }',
  's=$(cat)',
  'o=${s#owner }',
  'o=${o%%[!A-Za-z0-9._:%+-]*}',
  'k=/var/lib/vlan-trunk',
  'for d in /var/run/vlan-trunk $k/.script; do if [ -e $d/$o ]; then printf "%s\\n" "$s" | sh $d/$o "$@"; exit; fi; done',
  // What a removal that was cut off at its very end has left.
  '[ "$1" = apply ] || [ -e $k/$o ] || { rm -f $k/.script/$o; rmdir $k/.script $k 2>/dev/null; exit 0; }',
  'echo "vlan-trunk: $k/.script/$o is missing on this host" >&2',
  'exit 1',
].join('; ');

/**
 * The command line by which the command provider runs the host script; the spec comes on stdin. `SSH_CONNECTION` is passed as an argument,
 * because sudo removes it from the environment.
 * @param more - of an apply its revision and the value of the networks' owner label, see drift.sh.
 */
export function linkCommand(action: LinkAction, sudo: boolean, ...more: string[]): string {
  const words = ['vlan-trunk', action, '"$SSH_CONNECTION"', ...more.map(allowed)];
  return `${sudo ? 'sudo -n ' : ''}sh -c '${starter}' ${words.join(' ')}`;
}

/** Whether a command has failed because the host has no script for it: the words of the starter, not its text, which providers repeat. */
export function isScriptMissing(error: string): boolean {
  return /^\s*vlan-trunk: \S+[/][.]script[/]\S+ is missing on this host\s*$/m.test(error);
}

/** A revision is checked where it is read of a host, an owner comes from the state; nothing else may come to stand in a command. */
function allowed(word: string): string {
  if (!isRevision(word)) throw new Error(`must be a revision or an owner, got ${show(word)}`);
  return word;
}

let loaded: string | undefined;

/** The host script: the file that the build wrote beside this one, or joined from its parts if the TypeScript sources run directly. */
export function hostScript(): string {
  const built = join(__dirname, 'script.sh');
  loaded ??= existsSync(built) ? readFileSync(built, 'utf8') : withoutComments(joinHostScript(__dirname));
  return loaded;
}

/** The name of the host script on a host: a hash of its content. */
export function hostScriptName(): string {
  return createHash('sha256').update(hostScript()).digest('hex');
}
