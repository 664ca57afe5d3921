import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DockerReport, dockerReport } from './dockerReport';
import { lastWords, type Look, sshFailure } from './look';
import { remoteCommand, remoteInput } from './remoteScript';
import { runOverSsh, type SshResult } from './ssh';
import type { SshTarget } from './sshOption';

/** Looks at a host once, over the connection that the docker provider will share. */
export async function probeHost(target: SshTarget): Promise<Look<DockerReport>> {
  const result = await runOverSsh(target, 'sh -s', readFileSync(join(__dirname, 'probe.sh'), 'utf8'));
  if (result.status !== 0) return failure(target, result);
  return { kind: 'seen', value: dockerReport(target, result.stdout.trim()) };
}

/** Asks the host whether these links can be made there, without changing anything. */
export async function probeLinks(target: SshTarget, spec: string, sudo: boolean): Promise<Look<true>> {
  const result = await runOverSsh(target, remoteCommand('check', sudo), remoteInput(spec));
  if (result.status === 0) {
    return { kind: 'seen', value: true, warnings: result.stdout.match(/(?<=^warning: ).*/gm) ?? [] };
  }
  if (result.status === undefined || result.status === 255) return failure(target, result);
  const found = result.stderr.match(/(?<=^vlan-trunk: ).*/gm) ?? [lastWords(result.stderr)];
  return { kind: 'refused', reason: [`${target.user}@${target.address} says`, ...found].join('\n  ') };
}

/** Behind a jump host the failure may be its own, of which ssh says nothing on a shared connection: so it is asked by itself. */
async function failure(target: SshTarget, result: SshResult): Promise<Look<never>> {
  if (target.proxy === undefined) return sshFailure(target, result);
  const jump = { ...target.proxy, proxy: undefined };
  const alone = await runOverSsh(jump, 'true', '');
  return alone.status === 0 ? sshFailure(target, result) : sshFailure(jump, alone, 'jump host ');
}
