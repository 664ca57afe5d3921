import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Outcome } from './command';
import { currentLab, hostOf, inside } from './namespace';
import type { LabHost, LabState } from './state';

export interface OnHostOptions {
  /** `root` (default), `ops` (sudo, docker) or `guest`. */
  user?: string;
  stdin?: string;
}

/** Quotes one word for a POSIX shell. */
export const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Where the shared connections' sockets are: a short path, as a unix socket's may only hold 107 bytes. */
const socketFolder = (state: LabState) => join(state.folder, 'ssh');

const knownHostsFile = (folder: string) => join(folder, 'known_hosts');

/** The lab makes the hosts' keys itself, so no key has to be trusted at the first connection. */
export function writeKnownHosts(folder: string, hosts: readonly LabHost[]): Promise<void> {
  const lines = hosts.map(({ address, hostKey }) => `${address} ${hostKey}\n`);
  return writeFile(knownHostsFile(folder), lines.join(''));
}

/** The ssh command for a user on a host: key pinned, nothing read from or written to this user's own files. */
export function sshCommand(state: LabState, host: LabHost, user = 'root'): string[] {
  mkdirSync(socketFolder(state), { recursive: true, mode: 0o700 });
  const options = {
    IdentitiesOnly: 'yes',
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: knownHostsFile(state.folder),
    GlobalKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
    ConnectTimeout: '30',
    ServerAliveInterval: '15',
    // A handshake costs a host 0.4 s of its CPU: made once, then shared.
    ControlMaster: 'auto',
    ControlPersist: '600',
    ControlPath: join(socketFolder(state), `${host.name}-%r`),
  };
  return [
    ...['ssh', '-F', 'none', '-i', state.privateKeyFile, '-p', String(host.port)],
    ...Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
    `${user}@${host.address}`,
  ];
}

/**
 * Runs a script on a host; data goes to it by `stdin`, never into its text. Exit code 255 is ssh's own: not reached.
 * Works from inside and from outside of the lab.
 */
export async function onHost(name: string, script: string, options: OnHostOptions = {}): Promise<Outcome> {
  const state = currentLab();
  const command = [...sshCommand(state, hostOf(state, name), options.user), script];
  return run(inside(state, command), options.stdin === undefined ? {} : { stdin: options.stdin });
}

/** Ends the shared connections to a host that goes away: through a dead one, the next command would hang. */
export async function closeConnections(state: LabState, host: LabHost): Promise<void> {
  const prefix = `${host.name}-`;
  const sockets = existsSync(socketFolder(state)) ? readdirSync(socketFolder(state)) : [];
  for (const socket of sockets.filter((name) => name.startsWith(prefix))) {
    const [ssh = '', ...rest] = sshCommand(state, host, socket.slice(prefix.length));
    await run(inside(state, [ssh, '-O', 'exit', ...rest]));
  }
}
