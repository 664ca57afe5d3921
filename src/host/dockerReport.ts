import type { KernelLimits } from '../plan/container/passThrough/kernelLimit';
import { parseAddress } from '../plan/ip/address';
import type { FoundAddress } from '../plan/layout/ownGateway';
import { printable } from '../plan/argument/printable';
import type { ParentReport } from '../plan/link/parentReport';
import { type EngineVersion, isAtLeast, parseEngineVersion, showEngine } from '../plan/network/engineVersion';
import { type DockerAnswer, readDockerAnswers } from './dockerAnswer';
import { type ExistingContainer, readExistingContainer } from './existingContainer';
import { type ExistingNetwork, readExistingNetwork } from './existingNetwork';
import { fieldOf, listOf, textOf } from './jsonField';
import { type OwnedContainer, readOwnedContainer } from './ownedContainer';
import { readParentReport } from './parentReport';
import { factValues, type ProbeFact } from './probeFact';
import type { ProbeResult } from './probeResult';
import type { SshTarget } from './sshOption';

/** The version of a host's Docker Engine, or why it cannot be used. */
export type EngineReport = { version: string } | { trouble: string };

/** A host's Docker Engine, Docker networks and links. */
export type DockerReport = EngineReport & {
  /** Name of the interface with the address that ssh is connected to; `undefined` if it could not be determined. */
  arrival?: string;
  /** Names of all links, each with the name of the link below it (`eth0` for `eth0.50`) or none. Empty if they could not be listed. */
  links: ReadonlyMap<string, string | undefined>;
  /** The host's own addresses, without prefix length, and the links that they are on. */
  addresses: readonly FoundAddress[];
  /** What decides whether an interface can be a parent interface. */
  parents: ParentReport;
  /** Which limits of a container the kernel enforces; `undefined` if Docker did not report them. */
  kernel?: KernelLimits;
  /** All Docker networks; empty if they could not be listed. */
  networks: readonly ExistingNetwork[];
  /** All containers, also those that do not run; empty if they could not be listed. */
  containers: readonly ExistingContainer[];
  /** The containers with an owner, as they are. */
  owned: readonly OwnedContainer[];
  /** True if networks and containers were listed to the end, so that what is not among them is not there. */
  isComplete: boolean;
  /** True if the provider's connections run no docker command there, see dockerDial.ts. */
  dials: boolean;
};

/** Reads the facts about Docker and the host's links. */
export function dockerReport(target: SshTarget, facts: readonly ProbeFact[]): DockerReport {
  const [arrival] = factValues(facts, 'arrival');
  const links = new Map(factValues(facts, 'link').map((value) => linkOf(value.split(' '))));
  const [info, networks, containers, own] = readDockerAnswers(factValues(facts, 'api'));
  // The last one is of a request that only ends the connection.
  const inspected = readDockerAnswers(factValues(facts, 'inspected')).slice(0, -1);
  const kernel = kernelLimits(info?.body);
  // One that is not found has gone meanwhile.
  const answered = inspected.filter(({ status, body }) => status === 404 || readOwnedContainer(body) !== undefined);
  const isComplete =
    [networks, containers, own].every((list) => Array.isArray(list?.body)) &&
    answered.length === listOf(own?.body).length;
  return {
    ...engineReport(target, facts, info),
    links,
    addresses: factValues(facts, 'address').flatMap(addressOf),
    parents: readParentReport(facts),
    networks: listOf(networks?.body).flatMap((one) => readExistingNetwork(one) ?? []),
    containers: listOf(containers?.body).flatMap((one) => readExistingContainer(one) ?? []),
    owned: inspected.flatMap(({ body }) => readOwnedContainer(body) ?? []),
    isComplete,
    dials: facts.some(({ name }) => name === 'dials'),
    ...(arrival !== undefined && { arrival }),
    ...(kernel !== undefined && { kernel }),
  };
}

/** From what the Engine says of its host (`GET /info`). */
function kernelLimits(info: unknown): KernelLimits | undefined {
  const flags = ['MemoryLimit', 'SwapLimit', 'CPUShares', 'CPUSet'].map((name) => fieldOf(info, name));
  if (!flags.every((flag) => typeof flag === 'boolean')) return undefined;
  const [memory, swap, cpuShares, cpuSet] = flags as [boolean, boolean, boolean, boolean];
  return { memory, swap, cpuShares, cpuSet };
}

function linkOf([name = '', below]: readonly string[]): readonly [string, string | undefined] {
  return [name, below];
}

function addressOf(value: string): FoundAddress[] {
  const [link = '', text = ''] = value.split(' ');
  const address = parseAddress(text);
  return address === undefined ? [] : [{ link, address }];
}

function engineReport(target: SshTarget, facts: readonly ProbeFact[], info: DockerAnswer | undefined): EngineReport {
  const version = textOf(fieldOf(info?.body, 'ServerVersion'));
  const elsewhere = version === undefined ? undefined : notOnTheHost(info?.body);
  if (elsewhere !== undefined) return { trouble: `${elsewhere} on ${target.address}: ${ownEngine}` };
  if (version !== undefined) return { version };
  const docker = factValues(facts, 'docker');
  if (docker.includes('missing')) {
    return { trouble: `Docker is not installed on ${target.address}: no docker on the PATH of user ${target.user}` };
  }
  // A warning of the docker command (about a configuration file that it may not read, for example) is no error.
  const said = textOf(fieldOf(info?.body, 'message'));
  const errors = [...valuesOf(docker, 'error'), ...(said === undefined ? [] : [said])].filter(
    (line) => line.trim() !== '' && !/^warning/i.test(line),
  );
  if (errors.some((line) => /permission denied/i.test(line) && /daemon|dial unix|docker\.sock/i.test(line))) {
    return {
      trouble: `user ${target.user} on ${target.address} may not use Docker: add the user to the group docker there`,
    };
  }
  const cause = errors.length === 0 ? 'no message' : printable(errors.join(' '));
  return { trouble: `the Docker Engine on ${target.address} does not answer: ${cause}` };
}

const ownEngine =
  'its containers cannot be on an interface of the host, so use a Docker Engine that runs as root on Linux itself';

/** An Engine whose containers live in another network namespace than the host's, or in a virtual machine. */
function notOnTheHost(info: unknown): string | undefined {
  const options = listOf(fieldOf(info, 'SecurityOptions'));
  const isRootless = options.some(
    (option) => typeof option === 'string' && option.split(',').includes('name=rootless'),
  );
  if (isRootless) return 'Docker is rootless';
  return fieldOf(info, 'OperatingSystem') === 'Docker Desktop'
    ? 'Docker is Docker Desktop, in a virtual machine of its own,'
    : undefined;
}

/** The rest of the values that begin with this word. */
function valuesOf(values: readonly string[], word: string): string[] {
  return values.flatMap((value) => (value.startsWith(`${word} `) ? [value.slice(word.length + 1)] : []));
}

/**
 * Why a link that is taken away from the host would cut it off: ssh arrives by this link, or by one that sits on it (`eth0.100` on
 * `eth0`, a bridge or bond of which `eth0` is a port). `undefined` where it would not.
 */
export function cutsOff({ arrival, links, parents }: DockerReport, link: string): string | undefined {
  const portsOf = Map.groupBy(parents.masters, ([, { name }]) => name);
  const arrivalAndBelow = new Set<string>();
  const waiting = arrival === undefined ? [] : [arrival];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (arrivalAndBelow.has(next)) continue;
    arrivalAndBelow.add(next);
    const below = links.get(next);
    if (below !== undefined) waiting.push(below);
    for (const [port] of portsOf.get(next) ?? []) waiting.push(port);
  }
  if (arrival === undefined || !arrivalAndBelow.has(link)) return undefined;
  return arrival === link ? 'ssh arrives by it' : `ssh arrives by ${arrival}, which is on it`;
}

/** The problem if a network's parent does not exist and Docker cannot make it, as it could `eth0.50` on an existing `eth0`. */
export function missingParent(
  { links }: Pick<DockerReport, 'links'>,
  parentInterface: string | undefined,
): string | undefined {
  if (parentInterface === undefined || links.size === 0 || links.has(parentInterface)) return undefined;
  // Docker makes `eth0.50`, but not `eth0.50.60`.
  const [nic = '', ...ids] = parentInterface.split('.');
  const needed = ids.length === 1 ? nic : parentInterface;
  if (links.has(needed)) return undefined;
  const nics = [...links].flatMap(([name, below]) => (below === undefined && name !== 'lo' ? [name] : []));
  return `there is no interface ${needed} on this host, it has ${nics.join(', ')}`;
}

const longestVersion = 60;

/** Checks that a host's Docker Engine answers and is new enough. `what` names what needs it, for the message. */
export function engineAtLeast(report: EngineReport, least: EngineVersion, what: string): ProbeResult<true> {
  if ('trouble' in report) return { kind: 'refused', reason: report.trouble };
  const version = parseEngineVersion(report.version);
  if (version !== undefined && isAtLeast(version, least)) return { kind: 'seen', value: true };
  const reason = `${what} needs Docker Engine ${showEngine(least)} or newer, the host has ${printable(report.version, longestVersion)}`;
  return { kind: 'refused', reason };
}
