import type { Problems } from '../argument/problem';
import { optional, readObject } from '../argument/reader';

/**
 * Arguments that belong to a network namespace, and so to the container whose namespace it is: what Docker does with them in the network mode
 * `container:` (moby, `validateNetContainerMode`; `test/engine/sharedNetwork.test.ts`).
 */
const ofNamespace = {
  hostname: 'refuses',
  dns: 'refuses',
  hosts: 'refuses',
  ports: 'refuses',
  publishAllPorts: 'refuses',
  domainname: 'ignores',
  dnsOpts: 'ignores',
  dnsSearches: 'ignores',
} as const;

type NamespaceArgument = keyof typeof ofNamespace;

/** Names of those arguments. */
export const namespaceArguments = Object.keys(ofNamespace) as NamespaceArgument[];

/** Checks the arguments of a container that lives in the network namespace of another one. */
export function checkSharedNetwork(problems: Problems, given: Readonly<Record<string, unknown>>): void {
  if (given.attachments !== undefined) {
    problems.at('attachments').addMessage('must be left out: the networks are those of the container in networkOf');
  }
  for (const name of namespaceArguments) {
    if (isNothing(given[name])) continue;
    const reason = `Docker ${ofNamespace[name]} it beside networkOf`;
    problems.at(name).add(`must be left out, or given to the container in networkOf: ${reason}`, given[name]);
  }
  const sysctls = optional(given.sysctls, (value) => readObject(problems.at('sysctls'), value)) ?? {};
  for (const key of Object.keys(sysctls).filter((one) => one.startsWith('net.'))) {
    const at = problems.at('sysctls').at(key);
    at.addMessage('must be given to the container in networkOf, whose network namespace it would change');
  }
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === false || value === '' || (Array.isArray(value) && value.length === 0);
}
