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

/** The command line of a session: the same for every user, because program and data come on stdin. */
export const sessionCommand = `sh -c 'all=$(cat); eval "$(printf "%s\\n" "$all" | sed -n "/^${dataMark}/q;p")"'`;

/** The stdin of a session: the program, then the host script and the specs as data. */
export function sessionInput({ report, specs, sudo, links }: HostQuestion): string {
  const parts = [
    'session',
    ...(report ? ['dial', 'probe', 'links', 'machine'] : []),
    ...(specs.length > 0 ? ['checkLinks'] : []),
  ];
  const program = programOf(parts);
  if (specs.length === 0) return program;
  const how = [...actionOf(links), sudo ? 'sudo' : '-'];
  const data = [
    `-- vlan-trunk script ${how.join(' ')}\n${hostScript()}`,
    ...specs.map((spec) => `-- vlan-trunk spec\n${spec}`),
  ];
  return [program, ...data].join('');
}

/** The stdin of a session that runs some parts alone, one after the other, on lines of data. */
export function partInput(parts: readonly string[], lines: readonly string[]): string {
  return [programOf(['session', ...parts]), ...lines.map((line) => `${line}\n`)].join('');
}

function programOf(parts: readonly string[]): string {
  const texts = parts.map((part) =>
    part === 'dial' ? dialFunction() : readFileSync(join(__dirname, `${part}.sh`), 'utf8'),
  );
  return [...texts, 'fact end\n', `${dataMark}\n`].join('');
}

/** The action of the host script, and its argument. */
function actionOf(links: HostQuestion['links']): [string, string] {
  if (typeof links === 'object') return [links.armed, links.change];
  return [links === 'check+stage' ? 'check' : links, links === 'check' ? '-' : hostScriptName()];
}
