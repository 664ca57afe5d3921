import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinScript, withoutComments } from './joinScript';

/** What one run of the host script does. */
export type TrunkAction = 'apply' | 'check' | 'remove';

/**
 * Reads the spec from stdin up to the line "--", then runs the script that follows it. The shell's `read` takes one byte at a time from a
 * pipe, so it consumes nothing of the script. The command is short because the command provider repeats it in error messages, and the
 * same for every user because all data comes on stdin.
 */
const reader = `spec=; while IFS= read -r line && [ "$line" != -- ]; do spec="$spec$line
"; done; eval "$(cat)"`;

/**
 * The command line that a host runs; its data comes on stdin, see {@link remoteInput}. `SSH_CONNECTION` is passed as an argument, because
 * sudo removes it from the environment.
 */
export function remoteCommand(action: TrunkAction, sudo: boolean): string {
  return `${sudo ? 'sudo -n ' : ''}sh -c '${reader}' vlan-trunk ${action} "$SSH_CONNECTION"`;
}

/** The stdin of the command line: the spec first, so that a preview's diff begins with what the user changed. */
export function remoteInput(spec: string): string {
  return `${spec}--\n${trunkScript()}`;
}

let loaded: string | undefined;

/** The host script: the file that the build wrote beside this one, or joined from its parts if the TypeScript sources run directly. */
function trunkScript(): string {
  const built = join(__dirname, 'script.sh');
  loaded ??= existsSync(built) ? readFileSync(built, 'utf8') : withoutComments(joinScript(join(__dirname, 'script')));
  return loaded;
}
