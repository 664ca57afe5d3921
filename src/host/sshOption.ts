import { createHash } from 'node:crypto';

/** One hop of an ssh connection, with every value known and checked. */
export interface SshHop {
  address: string;
  port: number;
  user: string;
  /** `<type> <base64>`; undefined where the user waived the check by name. */
  hostKey: string | undefined;
  /** A path, `%d` standing for the home of the local user; undefined: what the ssh agent holds. */
  identityFile: string | undefined;
}

/** A host as the local `ssh` reaches it. */
export interface SshTarget extends SshHop {
  proxy: SshHop | undefined;
}

/** Sockets of shared connections live here. `%d` is ssh's own word for the local home, so no machine's path gets into a state. */
const socketFolder = '%d/.cache/vlan-trunk';

/**
 * The options with which the docker provider (and our own checks) call the local `ssh`: the same answer as the command
 * provider gets, so no ssh_config, no known_hosts file, no questions, the pinned key only (ssh_config(5)).
 */
export function sshOptions(target: SshTarget): string[] {
  return [
    '-F',
    'none',
    ...loginOptions(target),
    ...hopOptions(target),
    ...(target.proxy ? option(`ProxyCommand=${proxyCommand(target.proxy)}`) : []),
    ...option('ControlMaster=auto'),
    ...option('ControlPersist=60'),
    ...option(`ControlPath=${socketFolder}/${connectionId(target)}`),
  ];
}

/** The words that call the local ssh for one target, up to and without the remote command. */
export function sshArguments(target: SshTarget): string[] {
  return [...sshOptions(target), '--', target.address];
}

/** `ssh://address` as Docker reads it. User and port are among the options: they may change without it being another host. */
export function dockerUrl({ address }: { address: string }): string {
  return `ssh://${address.includes(':') ? `[${address}]` : address}`;
}

function loginOptions({ user, port }: SshHop): string[] {
  return ['-l', user, '-p', String(port)];
}

function hopOptions(hop: SshHop): string[] {
  return [
    ...option('BatchMode=yes'),
    ...option('ConnectTimeout=10'),
    ...option('ServerAliveInterval=15'),
    ...option(`StrictHostKeyChecking=${hop.hostKey === undefined ? 'no' : 'yes'}`),
    ...option('UserKnownHostsFile=/dev/null'),
    ...option('GlobalKnownHostsFile=/dev/null'),
    ...option('LogLevel=ERROR'),
    ...option(`KnownHostsCommand=${knownHostsCommand(hop)}`),
    ...(hop.identityFile === undefined
      ? []
      : [
          ...option(`IdentityFile=${configWord(hop.identityFile)}`),
          ...option('IdentitiesOnly=yes'),
          ...option('IdentityAgent=none'),
        ]),
  ];
}

/**
 * Prints the pinned key for ssh. It makes the folder of the shared sockets as well: ssh runs this before it opens its socket,
 * also in a `pulumi destroy` on a fresh machine, where our program does not run, and ssh gives up without the folder.
 * ssh splits the words first and expands tokens in each word then, so a home may hold blanks, quotes and the like; it is never shell text.
 */
function knownHostsCommand({ hostKey, identityFile }: SshHop): string {
  const steps = ['mkdir -p -m 700 "$1"'];
  const words = [socketFolder];
  const positional = (word: string) => `"$${words.push(word)}"`;
  if (identityFile !== undefined) {
    const [file, reason] = [positional(configWord(identityFile)), positional('%I')];
    // ssh runs this up to three times a connection, and is silent about a missing key.
    const message = `"vlan-trunk: no private key "${file}" on this machine, ${keyAsText}"`;
    steps.push(`[ -r ${file} ] || [ ${reason} != HOSTNAME ] || echo ${message} >&2`);
  }
  if (hostKey !== undefined) steps.push(`echo ${positional('%H')} ${positional(`"${hostKey}"`)}`);
  return `/bin/sh -c '${steps.join('; ')}' sh ${words.join(' ')}`;
}

const keyAsText = 'where one that a program holds as text is only while the program runs: add --run-program';

/** The jump host by a second ssh: ProxyJump would not hand the pinned key to it. Its own % must survive the outer ssh. */
function proxyCommand(proxy: SshHop): string {
  const words = [...loginOptions(proxy), ...hopOptions(proxy)].map((word) => word.replaceAll('%', '%%'));
  return ['ssh', '-F', 'none', ...words, '-W', '[%h]:%p', '--', proxy.address].map(shellWord).join(' ');
}

/** ssh gives a ProxyCommand to the user's shell. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** One word of an ssh_config line: a blank or "#" would end it (ssh_config(5); backslashes since OpenSSH 8.7). */
function configWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./~-]+$/.test(text) ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function option(text: string): [string, string] {
  return ['-o', text];
}

/**
 * Connections are shared only between calls that agree on everything, the pinned key above all: a connection opened
 * under one key must never answer for another. Short, because a socket's path holds about 100 bytes.
 */
function connectionId(target: SshTarget): string {
  return createHash('sha256').update(JSON.stringify(target)).digest('hex').slice(0, 16);
}
