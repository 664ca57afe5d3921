import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DockerReport, dockerReport } from './dockerReport';
import { factValues, readProbeFacts } from './probeFact';
import type { ProbeResult } from './probeResult';
import { remoteCommand, remoteInput } from './remoteScript';
import { runOverSsh, type SshResult } from './ssh';
import { isFailureOfSsh, lastWords, missingPrograms, noShell, sshFailure } from './sshFailure';
import type { SshTarget } from './sshOption';

/** Probes a host once, over the connection that the docker provider will share. */
export async function probeHost(target: SshTarget): Promise<ProbeResult<DockerReport>> {
  const result = await runOverSsh(target, 'sh -s', readFileSync(join(__dirname, 'probe.sh'), 'utf8'));
  if (isFailureOfSsh(result)) return failure(target, result);
  const facts = readProbeFacts(result.stdout);
  if (facts === undefined) return { kind: 'refused', reason: noShell(target, result) };
  const missing = factValues(facts, 'missing');
  if (missing.length > 0) return { kind: 'refused', reason: missingPrograms(target, missing) };
  return { kind: 'seen', value: dockerReport(target, facts) };
}

/** Checks on the host whether these links can be made there; changes nothing. */
export async function probeLinks(target: SshTarget, spec: string, sudo: boolean): Promise<ProbeResult<true>> {
  const result = await runOverSsh(target, remoteCommand('check', sudo), remoteInput(spec));
  if (result.status === 0) {
    return { kind: 'seen', value: true, warnings: result.stdout.match(/(?<=^warning: ).*/gm) ?? [] };
  }
  if (isFailureOfSsh(result)) return failure(target, result);
  const found = result.stderr.match(/(?<=^vlan-trunk: ).*/gm) ?? [lastWords(result.stderr)];
  return { kind: 'refused', reason: [`${target.user}@${target.address} says`, ...found].join('\n  ') };
}

/** The failure may be the jump host's, which ssh does not report on a shared connection. So the jump host is probed separately. */
async function failure(target: SshTarget, result: SshResult): Promise<ProbeResult<never>> {
  if (target.proxy === undefined) return sshFailure(target, result);
  const jump = { ...target.proxy, proxy: undefined };
  const alone = await runOverSsh(jump, 'true', '');
  // The user may have no shell on the jump host: only a failure of ssh itself counts.
  return isFailureOfSsh(alone) ? sshFailure(jump, alone, 'jump host ') : sshFailure(target, result);
}
