import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { LabState } from '../../lab/lab';
import { startTimeOf } from '../../lab/process';

const kinds = ['net', 'mnt', 'pid'] as const;

/** The name that the kernel gives a process's namespace; none where the process has just ended. */
function namespaceOf(pid: string, kind: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return undefined;
  }
}

/** A zombie has ended: it waits for this machine's own process 1 to take note. */
const processes = () =>
  readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && startTimeOf(Number(entry)) !== undefined);

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The namespaces that a running lab has of its own. */
export const namespacesOf = (state: LabState): string[] =>
  kinds.map((kind) => namespaceOf(String(state.init.pid), kind)).filter((name) => name !== undefined);

/** Processes that live in any of these namespaces, with their command lines. */
export const processesIn = (namespaces: readonly string[]): string[] =>
  processes()
    .filter((pid) => kinds.some((kind) => namespaces.includes(namespaceOf(pid, kind) ?? '')))
    .map((pid) => `${pid} ${commandLine(pid)}`);

/** Processes that speak of this folder on their command line. */
export const processesNaming = (folder: string): string[] =>
  processes()
    .map((pid) => `${pid} ${commandLine(pid)}`)
    .filter((line) => line.includes(folder));

/** What this machine itself could be left with: links, mounts and named namespaces. */
export function machineTraces(): Record<string, unknown> {
  return {
    links: execFileSync('ip', ['-brief', 'link']).toString(),
    mounts: readFileSync('/proc/self/mounts', 'utf8'),
    named: existsSync('/run/netns') ? readdirSync('/run/netns') : [],
  };
}
