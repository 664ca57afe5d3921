import type { Look } from './look';
import type { SshTarget } from './sshOption';

/** What a host said of its Docker Engine: its version, or why it cannot be used. */
export type DockerReport = {
  /** Name of the interface by which we reach the host; `undefined` where it could not be told. */
  arrival?: string;
} & ({ version: string } | { trouble: string });

/** Reads what probe.sh printed. */
export function dockerReport(target: SshTarget, answer: string): DockerReport {
  const [, said = '', arrival] = /^(.*?)(?:\narrival (\S+))?$/s.exec(answer.trim()) ?? [];
  return { ...engineReport(target, said.trim()), ...(arrival !== undefined && { arrival }) };
}

function engineReport(target: SshTarget, answer: string): { version: string } | { trouble: string } {
  if (/^\d+\.\d+/.test(answer)) return { version: answer };
  if (answer === 'missing') {
    return { trouble: `Docker is not installed on ${target.address}: no docker on the PATH of user ${target.user}` };
  }
  if (answer.includes('permission denied')) {
    return {
      trouble: `user ${target.user} on ${target.address} may not use Docker: add the user to the group docker there`,
    };
  }
  return { trouble: `the Docker Engine on ${target.address} does not answer: ${answer}` };
}

/** Whether a host's Docker Engine is there, and new enough for what is asked of it. */
export function engineAtLeast(report: DockerReport, least: number, what: string): Look<true> {
  if ('trouble' in report) return { kind: 'refused', reason: report.trouble };
  if (Number.parseInt(report.version, 10) >= least) return { kind: 'seen', value: true };
  return { kind: 'refused', reason: `${what} needs Docker Engine ${least} or newer, the host has ${report.version}` };
}
