import type { KernelLimits } from '../plan/container/passThrough/kernelLimit';
import type { Look } from './look';
import { type EngineVersion, isAtLeast, parseEngineVersion, showEngine } from '../plan/network/engineVersion';
import type { SshTarget } from './sshOption';

/** What a host said of its Docker Engine: its version, or why it cannot be used. */
export type DockerReport = {
  /** Name of the interface by which we reach the host; `undefined` where it could not be told. */
  arrival?: string;
  /** Names of all links, those that sit on another one (`eth0.50`) with that one's (`eth0`); none where they could not be told. */
  links: ReadonlyMap<string, string | undefined>;
  /** Which limits of a container the kernel enforces; `undefined` where Docker did not report them. */
  kernel?: KernelLimits;
} & ({ version: string } | { trouble: string });

/** Reads what probe.sh printed. */
export function dockerReport(target: SshTarget, answer: string): DockerReport {
  const [said = '', ...facts] = answer.trim().split('\n');
  const words = facts.map((line) => line.split(' '));
  const arrival = words.find(([fact]) => fact === 'arrival')?.[1];
  const links = new Map(words.flatMap(([fact, name = '', below]) => (fact === 'link' ? [[name, below] as const] : [])));
  const kernel = kernelLimits(words.find(([fact]) => fact === 'kernel'));
  const found = { ...(arrival !== undefined && { arrival }), ...(kernel !== undefined && { kernel }) };
  return { ...engineReport(target, said.trim()), links, ...found };
}

/** Reads `kernel true false true true`: memory, swap, CPU shares, CPU set. */
function kernelLimits(words: string[] | undefined): KernelLimits | undefined {
  const flags = words?.slice(1) ?? [];
  if (flags.length !== 4 || !flags.every((flag) => flag === 'true' || flag === 'false')) return undefined;
  const [memory, swap, cpuShares, cpuSet] = flags.map((flag) => flag === 'true') as [
    boolean,
    boolean,
    boolean,
    boolean,
  ];
  return { memory, swap, cpuShares, cpuSet };
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

/** What is wrong with a network's parent, if neither it is there nor what Docker could make it of (`eth0` for `eth0.50`). */
export function missingParent({ links }: DockerReport, parentInterface: string | undefined): string | undefined {
  if (parentInterface === undefined || links.size === 0 || links.has(parentInterface)) return undefined;
  // Docker reads one VLAN ID of a name, not two.
  const [nic = '', ...ids] = parentInterface.split('.');
  const needed = ids.length === 1 ? nic : parentInterface;
  if (links.has(needed)) return undefined;
  const nics = [...links].flatMap(([name, below]) => (below === undefined && name !== 'lo' ? [name] : []));
  return `there is no interface ${needed} on this host, it has ${nics.join(', ')}`;
}

/** Whether a host's Docker Engine is there, and new enough for what is asked of it. */
export function engineAtLeast(report: DockerReport, least: EngineVersion, what: string): Look<true> {
  if ('trouble' in report) return { kind: 'refused', reason: report.trouble };
  const version = parseEngineVersion(report.version);
  if (version !== undefined && isAtLeast(version, least)) return { kind: 'seen', value: true };
  const reason = `${what} needs Docker Engine ${showEngine(least)} or newer, the host has ${report.version}`;
  return { kind: 'refused', reason };
}
