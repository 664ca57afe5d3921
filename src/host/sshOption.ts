import { createHash } from 'node:crypto';
import { dialCommand } from './dockerDial';

/** One hop of an ssh connection. All values are known and checked. */
export interface SshHop {
  address: string;
  port: number;
  user: string;
  /** `<type> <base64>`; `undefined` if the user set `acceptAnyHostKey`. */
  hostKey: string | undefined;
  /** A path, in which `%d` stands for the home of the local user; `undefined`: the keys of the ssh agent. */
  identityFile: string | undefined;
}

/** A host as the local `ssh` reaches it. */
export interface SshTarget extends SshHop {
  proxy: SshHop | undefined;
}

/** The folder of the sockets of shared connections. `%d` is ssh's token for the local home, so the state holds no path of a machine. */
const socketFolder = '%d/.cache/vlan-trunk';

/**
 * The options with which the docker provider and our own probes call the local `ssh`. They make it behave as the command provider does: no
 * ssh_config, no known_hosts file, no questions, the pinned key only (ssh_config(5)).
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

/** The arguments of the local ssh for one target, before the remote command; over a connection of its own, where it must show that one can be made. */
export function sshArguments(target: SshTarget, isNew = false): string[] {
  // ssh takes the first value of an option.
  const own = isNew ? [...option('ControlMaster=no'), ...option('ControlPath=none')] : [];
  return [...own, ...sshOptions(target), '--', target.address];
}

/**
 * The options with which the docker provider calls the local ssh. It adds `-- address docker system dial-stdio` to them; the address and the
 * command that stand here already make those words arguments of that command. `-T`, which Docker would add, has to come before the address.
 */
export function dockerSshOptions(target: SshTarget): string[] {
  return [...sshOptions(target), '-T', '--', target.address, dialCommand()];
}

/** `ssh://address` as Docker reads it. User and port are among the options, so a change of them does not make it another host. */
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
 * The command that prints the pinned key for ssh. It also makes the folder of the shared sockets, without which ssh fails: ssh runs the
 * command before it opens its socket, also in a `pulumi destroy` on a fresh machine, where the user's program does not run.
 * ssh splits the command into words before it expands tokens, so a home may hold blanks and quotes; it never becomes shell text.
 */
function knownHostsCommand({ hostKey, identityFile }: SshHop): string {
  const steps = ['mkdir -p -m 700 "$1"'];
  const words = [socketFolder];
  const positional = (word: string) => `"$${words.push(word)}"`;
  if (identityFile !== undefined) {
    const [file, reason] = [positional(configWord(identityFile)), positional('%I')];
    // ssh reports no missing key, so this does. ssh runs the command up to three times for one connection; only one of them prints.
    const message = `"vlan-trunk: no private key "${file}" on this machine, ${keyAsText}"`;
    steps.push(`[ -r ${file} ] || [ ${reason} != HOSTNAME ] || echo ${message} >&2`);
  }
  if (hostKey !== undefined) steps.push(`echo ${positional('%H')} ${positional(`"${hostKey}"`)}`);
  return `/bin/sh -c '${steps.join('; ')}' sh ${words.join(' ')}`;
}

const keyAsText = 'where one that a program holds as text is only while the program runs: add --run-program';

/** Runs a second ssh for the jump host, because ProxyJump would not pass the pinned key on. Its % are doubled for the outer ssh. */
function proxyCommand(proxy: SshHop): string {
  const words = [...loginOptions(proxy), ...hopOptions(proxy)].map((word) => word.replaceAll('%', '%%'));
  return ['ssh', '-F', 'none', ...words, '-W', '[%h]:%p', '--', proxy.address].map(shellWord).join(' ');
}

/** Quotes a word of the ProxyCommand, which ssh passes to the user's shell. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Quotes a word of an ssh_config line, which a blank or "#" would end (ssh_config(5); backslashes since OpenSSH 8.7). */
function configWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./~-]+$/.test(text) ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function option(text: string): [string, string] {
  return ['-o', text];
}

/**
 * Names a shared connection. Only calls with exactly the same target share one: a connection that was opened with one pinned key must
 * not be used for another. Short, because the path of a socket holds about 100 bytes.
 */
function connectionId(target: SshTarget): string {
  return createHash('sha256').update(JSON.stringify(target)).digest('hex').slice(0, 16);
}
