import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dialFunction } from './dockerDial';

/** The part that is executed; all others only define variables and functions for it. */
const lastPart = 'main.sh';

/**
 * The host script with all comments: its parts in the folder `script`, and how it asks Docker, as sessions do.
 * @param folder - holds the scripts that run on a host.
 */
export function joinHostScript(folder: string): string {
  return [dialFunction(), readFileSync(join(folder, 'askDocker.sh'), 'utf8'), joinScript(join(folder, 'script'))].join(
    '',
  );
}

/**
 * Joins the parts of the host script into the one text that goes to a host: each awk program as a shell variable named after its file
 * (`observeLinks.awk` is `$observe_links_awk`), the functions of each `.sh`, and `main.sh` at the end. With all comments.
 * @param folder - holds the parts, and nothing else.
 */
export function joinScript(folder: string): string {
  const names = readdirSync(folder).sort();
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const programs = names.filter((name) => name.endsWith('.awk'));
  const steps = names.filter((name) => name.endsWith('.sh') && name !== lastPart);
  const unknown = names.filter((name) => !programs.includes(name) && !steps.includes(name) && name !== lastPart);
  if (unknown.length > 0) throw new Error(`parts of the host script end in .sh or .awk: ${unknown.join(', ')}`);
  return [
    ...programs.map((name) => `${variableOf(name)}='\n${read(name).replaceAll("'", `'\\''`)}'\n`),
    ...[...steps, lastPart].map(read),
  ].join('');
}

/** A script without its comment lines, which a host does not need. */
export function withoutComments(script: string): string {
  return script.replace(/^\s*#.*\n/gm, '');
}

function variableOf(program: string): string {
  const words = basename(program, '.awk').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return `${words}_awk`;
}
