import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialFunction } from './dockerDial';
import { hostScript, hostScriptName } from './remoteScript';

/** What one ssh session asks of a host. */
export interface HostQuestion {
  /** Whether to print the facts of probe.sh, links.sh and machine.sh. */
  readonly report: boolean;
  /** Specs of links that the host script checks, or only keeps itself for. */
  readonly specs: readonly string[];
  readonly sudo: boolean;
  /**
   * `check`: does the host contradict the specs. `check+stage`: keeps the script where not, and no record is there. `stage`: keeps it.
   * `unstage`: takes it back where no record is there. Else what becomes of the change of that ID, which the host would take back.
   */
  readonly links:
    'check' | 'check+stage' | 'stage' | 'unstage' | { readonly armed: ArmedAction; readonly change: string };
}

/** What becomes of a change that is armed: the host keeps it, waits longer for its confirmation, or takes it back now. */
export type ArmedAction = 'confirm' | 'hold' | 'undo';

/** Stands between the program of a session and its data. */
const dataMark = '-- vlan-trunk data';

/**
 * The command line of a session: the same for every user, because program and data come on stdin. The host makes each line of the data a comment, so that
 * what it reads is run as it is: a shell copies such a text in pieces of 128 bytes, and every further copy costs a small host as much as ten programs.
 */
export const sessionCommand = `sh -c 'all=$(sed "/^${dataMark}/,$ s/^/#/"); eval "$all"'`;

/** The stdin of a session: the program, with the host script as a function of it, then the specs as data. */
export function sessionInput({ report, specs, sudo, links }: HostQuestion): string {
  const parts = [
    'session',
    ...(report ? ['dial', 'probe', 'links', 'machine'] : []),
    ...(specs.length > 0 ? ['hostScript', 'checkLinks'] : []),
  ];
  const program = programOf(parts);
  if (specs.length === 0) return program;
  const how = [...actionOf(links), sudo ? 'sudo' : '-', specs.length];
  return [
    program,
    `-- vlan-trunk script ${how.join(' ')}\n`,
    ...specs.map((spec) => `-- vlan-trunk spec\n${spec}`),
  ].join('');
}

/** The stdin of a session that runs some parts alone, one after the other, on lines of data. */
export function partInput(parts: readonly string[], lines: readonly string[]): string {
  return [programOf(['session', ...parts]), ...lines.map((line) => `${line}\n`)].join('');
}

function programOf(parts: readonly string[]): string {
  return [...parts.map(textOf), 'fact end\n', `${dataMark}\n`].join('');
}

function textOf(part: string): string {
  if (part === 'dial') return dialFunction();
  if (part === 'hostScript') return hostScriptFunction();
  return readFileSync(join(__dirname, `${part}.sh`), 'utf8');
}

/** The function `host_script`. What keeps the script on the host finds its text between the two marks (script/stage.sh). */
function hostScriptFunction(): string {
  return ['host_script() {', '# -- vlan-trunk script', `${hostScript()}# -- vlan-trunk script ends`, '}', ''].join(
    '\n',
  );
}

/** The action of the host script, and its argument. */
function actionOf(links: HostQuestion['links']): [string, string] {
  if (typeof links === 'object') return [links.armed, links.change];
  return [links === 'check+stage' ? 'check' : links, links === 'check' ? '-' : hostScriptName()];
}
