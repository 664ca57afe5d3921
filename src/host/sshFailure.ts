import { printable } from '../plan/argument/printable';
import { withoutFacts } from './probeFact';
import type { ProbeResult } from './probeResult';
import type { SshResult } from './ssh';
import type { SshHop, SshTarget } from './sshOption';

/** How messages name one end of an ssh connection. */
export function endpointName({ user, address, port }: SshHop, role = ''): string {
  return `${role}${user}@${address} port ${port}`;
}

/** True if no command ran on the host: 255 is ssh's own exit status (ssh(1)), `undefined` a run that hit the time limit. */
export function isFailureOfSsh({ status }: SshResult): boolean {
  return status === undefined || status === 255;
}

interface Cause {
  readonly pattern: RegExp;
  readonly text: string;
  /** What to do about it. */
  readonly advice?: (target: SshHop) => string;
}

/** Causes on this machine: its ssh cannot connect to any host. */
const ofThisMachine: readonly Cause[] = [
  {
    pattern: /^cannot run the local ssh/m,
    text: 'this machine has no OpenSSH client on the PATH: install 8.5 or newer',
  },
  {
    pattern: /Bad configuration option: knownhostscommand/i,
    text: 'the OpenSSH client of this machine is too old: install 8.5 or newer, which has KnownHostsCommand',
  },
  {
    pattern: /ControlPath too long|too long for Unix domain socket/i,
    text: 'the path of the home folder on this machine is too long for the socket of a shared ssh connection',
  },
];

/** Causes on the host: it answered, and would answer the same at the next try. */
const ofHost: readonly Cause[] = [
  {
    pattern: /Host key verification failed|HOST IDENTIFICATION HAS CHANGED|no matching host key type/,
    text: 'does not have the declared host key',
    advice: () => 'compare it with /etc/ssh/ssh_host_ed25519_key.pub, read on the host itself',
  },
  {
    pattern: /Permission denied|Too many authentication failures/,
    text: 'does not let this user in with this key',
    advice: ({ identityFile }) =>
      identityFile === undefined
        ? 'no key is declared, so those of the ssh agent were tried: start one that has the key, or set privateKeyFile'
        : 'it must be in authorized_keys of that user, and have no passphrase, which only the ssh agent can ask for',
  },
  { pattern: /^Unable to negotiate/m, text: 'has no algorithm in common with the OpenSSH client of this machine' },
];

/**
 * Classifies a failure of ssh itself; the reason names the host. `refused` if the next try would fail in the same way. All others are
 * `unreachable`: no answer in time, a refused or closed connection, a name that does not resolve.
 */
export function sshFailure(target: SshTarget, result: SshResult, role = ''): ProbeResult<never> {
  const where = endpointName(target, role);
  if (result.status === undefined) return { kind: 'unreachable', reason: `${where} did not answer in time` };
  const details = sshWords(result.stderr);
  const local = ofThisMachine.find(({ pattern }) => pattern.test(result.stderr));
  if (local !== undefined) return { kind: 'refused', reason: `${local.text} (${details})` };
  const remote = ofHost.find(({ pattern }) => pattern.test(result.stderr));
  if (remote !== undefined) {
    const advice = remote.advice === undefined ? '' : `: ${remote.advice(target)}`;
    return { kind: 'refused', reason: `${where} ${remote.text} (${details})${advice}` };
  }
  return { kind: 'unreachable', reason: `${where} cannot be reached (${details})` };
}

/** The reason if the user can log in but probe.sh does not run to its end: a login shell like nologin, a forced command, no sh. */
export function noShell(target: SshTarget, { status, stdout, stderr }: SshResult): string {
  // Facts that were read before a connection broke may hold more than anybody should see.
  const said = `${withoutFacts(stdout)}\n${stderr}`;
  const details = `exit status ${status ?? 'unknown'}, ${lastWords(said)}`;
  return (
    `${endpointName(target)} lets this user in but does not run \`sh\` for it: the user needs a login shell that runs commands, ` +
    `no forced command, and sh on the PATH (${details})`
  );
}

/** The reason if programs that our scripts call are missing. */
export function missingPrograms(target: SshTarget, programs: readonly string[]): string {
  const packages: Readonly<Record<string, string>> = { ip: 'iproute2', awk: 'mawk or gawk' };
  const list = programs.map((program) => `${program} (package ${packages[program] ?? program})`).join(' and ');
  return `${endpointName(target)} has no ${list} on the PATH: install it there`;
}

/** ssh's lines about a private key that it could not read, and its last line. */
function sshWords(stderr: string): string {
  const key = stderr.match(/^(?:Load key|no such identity|vlan-trunk:).*$/gm) ?? [];
  const shown = key.slice(0, 4).map((line) => printable(line.trim(), longestWords));
  return [...new Set([...shown, lastWords(stderr)])].join('; ');
}

/** Enough for a cause; a banner of the host may be a hundred times as long. */
const longestWords = 300;

/** The last line of an error output, which holds the cause with ssh and sudo. */
export function lastWords(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return printable(lines.at(-1) ?? 'no message', longestWords);
}
