import { readFileSync, readlinkSync } from 'node:fs';
import { runAttached } from './command';
import { identityOf, isRunning, type ProcessIdentity } from './process';
import { isRoot, wholePath } from './privilege';
import { labFolder, readState, type LabHost, type LabState } from './state';

const inNamespaceOf = (state: LabState) => readlinkSync('/proc/self/ns/net') === state.networkNamespace;

/** Whether the lab runs: seen from outside by its holder; and who is inside can only be there while it does. */
export const isUp = (state: LabState): boolean => inNamespaceOf(state) || isRunning(state.holder);

/** Whether there is a lab that is up. */
export function labIsUp(): boolean {
  const state = readState(labFolder());
  return state !== undefined && isUp(state);
}

/** The lab that is up. Throws one sentence when none is. */
export function currentLab(): LabState {
  const state = readState(labFolder());
  if (state === undefined || !isUp(state)) throw new Error('no lab is up: start one with `npm run lab up`');
  return state;
}

/** A host of the lab that is up. Throws one sentence when it has none of that name. */
export function hostOf(state: LabState, name: string): LabHost {
  const host = state.hosts.find((candidate) => candidate.name === name);
  if (host !== undefined) return host;
  const names = state.hosts.map((candidate) => candidate.name).join(', ');
  throw new Error(`the lab has no host "${name}": it has ${names}`);
}

/** Whether this very process runs on the lab's wire. */
export function insideLab(): boolean {
  const state = readState(labFolder());
  return state !== undefined && inNamespaceOf(state);
}

/** The process that `unshare` forked: process 1 of the lab. */
export function childOf(pid: number): ProcessIdentity | undefined {
  const [child = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return child === '' ? undefined : identityOf(Number(child));
}

/** Puts before a program what makes it run on the lab's wire; nothing when we are there already. */
export function inside(state: LabState, argv: readonly string[]): string[] {
  if (inNamespaceOf(state)) return [...argv];
  const user = isRoot() ? [] : ['--user', '--preserve-credentials'];
  return [
    ...['nsenter', '--target', String(state.init.pid), '--net', '--mount', '--pid', ...user, '--'],
    // Entering a mount namespace loses the working directory.
    ...['env', '-C', process.cwd(), `PATH=${wholePath()}`, ...argv],
  ];
}

/** Runs a program of this machine on the lab's wire, on our terminal, and gives its exit code. */
export function runInside(argv: readonly string[], env?: NodeJS.ProcessEnv): Promise<number> {
  return runAttached(inside(currentLab(), argv), env);
}
