import { type DockerReport, dockerReport } from './dockerReport';
import { type LinkHistory, readHistory } from './drift';
import { type HostQuestion, sessionCommand, sessionInput } from './hostSession';
import { factValues, type ProbeFact, readProbeFacts } from './probeFact';
import type { ProbeResult } from './probeResult';
import { runOverSsh, type SshResult, SshSession } from './ssh';
import { endpointName, isFailureOfSsh, missingPrograms, noShell, sshFailure } from './sshFailure';
import type { SshTarget } from './sshOption';

/** What a host answered in one session. */
export interface HostAnswer {
  /** Absent where the question was for links alone. */
  readonly report?: DockerReport;
  /** For each spec of the question: warnings of the host script, or what it refuses. */
  readonly links: readonly ProbeResult<LinksAnswer>[];
}

/** What the host script answered to a spec that it does not refuse. */
export interface LinksAnswer extends LinkHistory {
  /** True if it has kept itself on the host for the apply that follows. */
  readonly staged: boolean;
  /** True if the last apply has kept the same script there. */
  readonly kept: boolean;
  /** Why and how the host has taken the last change back, where it has. */
  readonly reverted: string | undefined;
  /** True while a change is not confirmed yet. */
  readonly isArmed: boolean;
}

/** Begins a session in which a host is asked, so that ssh connects before the question is known. */
export function beginAsking(target: SshTarget): SshSession {
  return new SshSession(target, sessionCommand);
}

/**
 * Asks a host in one ssh session, over the connection that the docker provider will share, or over a new one.
 * @param begun - a session with that host that nothing has gone into yet.
 */
export async function askHost(
  target: SshTarget,
  question: HostQuestion,
  isNew = false,
  begun?: SshSession,
): Promise<ProbeResult<HostAnswer>> {
  const input = sessionInput(question);
  const result = await (begun?.send(input) ?? runOverSsh(target, sessionCommand, input, isNew));
  if (isFailureOfSsh(result)) return failure(target, result);
  const facts = readProbeFacts(result.stdout);
  if (facts === undefined) return { kind: 'refused', reason: noShell(target, result) };
  const missing = factValues(facts, 'missing');
  if (missing.length > 0) return { kind: 'refused', reason: missingPrograms(target, missing) };
  const links = question.specs.map((_, number) => linksResult(target, facts, number));
  return { kind: 'seen', value: { ...(question.report && { report: dockerReport(target, facts) }), links } };
}

/** What the host script answered to one spec. */
function linksResult(target: SshTarget, facts: readonly ProbeFact[], number: number): ProbeResult<LinksAnswer> {
  const ofSpec = (name: string) =>
    factValues(facts, name).flatMap((value) =>
      value.startsWith(`${number} `) ? [value.slice(`${number} `.length)] : [],
    );
  const words = ofSpec('words');
  const after = (prefix: string) =>
    words.flatMap((line) => (line.startsWith(prefix) ? [line.slice(prefix.length)] : []));
  if (ofSpec('links')[0] === '0') {
    const [reverted] = after('reverted ');
    const [staged, kept, isArmed] = ['staged', 'kept', 'armed'].map((word) => words.includes(word)) as [
      boolean,
      boolean,
      boolean,
    ];
    const warnings = [
      ...after('warning: '),
      ...(reverted === undefined ? [] : [`the host has taken the last change back: ${reverted}`]),
      ...(isArmed
        ? ['a change is not confirmed yet: the host takes it back in a moment, and an up waits for that']
        : []),
    ];
    return { kind: 'seen', value: { staged, kept, reverted, isArmed, ...readHistory(words) }, warnings };
  }
  const found = after('vlan-trunk: ');
  // Without its name in front it is from sudo or the shell, which give the cause at the end.
  const reasons = found.length > 0 ? found : words.slice(-1);
  return { kind: 'refused', reason: [`reported by ${endpointName(target)}:`, ...reasons].join('\n  ') };
}

/** The failure may be the jump host's, which ssh does not report on a shared connection. So the jump host is probed separately. */
async function failure(target: SshTarget, result: SshResult): Promise<ProbeResult<never>> {
  if (target.proxy === undefined) return sshFailure(target, result);
  const jump = { ...target.proxy, proxy: undefined };
  const alone = await runOverSsh(jump, 'true', '');
  // The user may have no shell on the jump host: only a failure of ssh itself counts.
  return isFailureOfSsh(alone) ? sshFailure(jump, alone, 'jump host ') : sshFailure(target, result);
}
