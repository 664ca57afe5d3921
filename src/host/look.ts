import type { SshResult } from './ssh';
import type { SshTarget } from './sshOption';

/** What came of looking at a host over ssh. */
export type Look<T> =
  | { kind: 'seen'; value: T; warnings?: string[] }
  /** Somebody answered, and it will not work: the wrong key, a refused user, a link that contradicts. */
  | { kind: 'refused'; reason: string }
  /** Nobody answered; it may be another moment. */
  | { kind: 'unreachable'; reason: string };

/** Tells ssh's own failures (status 255, ssh(1)) apart, naming the host in each. */
export function sshFailure(target: SshTarget, result: SshResult, role = ''): Look<never> {
  const where = `${role}${target.user}@${target.address} port ${target.port}`;
  const said = lastWords(result.stderr);
  if (result.status === undefined) return { kind: 'unreachable', reason: `${where} did not answer in time` };
  if (/Host key verification failed|HOST IDENTIFICATION HAS CHANGED/.test(result.stderr)) {
    return { kind: 'refused', reason: `${where} does not have the declared host key (${said})` };
  }
  if (/Permission denied|Too many authentication failures/.test(result.stderr)) {
    return { kind: 'refused', reason: `${where} does not let this user in with this key (${said})` };
  }
  return { kind: 'unreachable', reason: `${where} cannot be reached (${said})` };
}

/** The last line of what a program said, which is where ssh and sudo put the cause. */
export function lastWords(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.at(-1) ?? 'no message';
}
