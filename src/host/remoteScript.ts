import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinScript, withoutComments } from './joinScript';

/** What a run of the trunk script does on the host. */
export type TrunkAction = 'apply' | 'check' | 'remove';

/**
 * Reads the spec up to the line "--" and runs what follows it. The shell's own `read` takes one byte at a time from a
 * pipe, so nothing of the script is lost. It is short because the command provider repeats the whole command in its
 * error text, and the same for every user: data comes on stdin only.
 */
const reader = `spec=; while IFS= read -r line && [ "$line" != -- ]; do spec="$spec$line
"; done; eval "$(cat)"`;

/**
 * The command line that a host runs; what to do it with comes on stdin, see {@link remoteInput}. sshd's word on who is
 * connected goes along, because sudo takes it out of the environment.
 */
export function remoteCommand(action: TrunkAction, sudo: boolean): string {
  return `${sudo ? 'sudo -n ' : ''}sh -c '${reader}' vlan-trunk ${action} "$SSH_CONNECTION"`;
}

/** What the command line reads: the spec first, so that a preview's diff begins with what the user changed. */
export function remoteInput(spec: string): string {
  return `${spec}--\n${trunkScript()}`;
}

let loaded: string | undefined;

/** The script as the build left it beside this file, or joined from its parts when the sources run as they are. */
function trunkScript(): string {
  const built = join(__dirname, 'script.sh');
  loaded ??= existsSync(built) ? readFileSync(built, 'utf8') : withoutComments(joinScript(join(__dirname, 'script')));
  return loaded;
}
