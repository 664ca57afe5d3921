import { FirstSeen } from '../argument/firstSeen';
import { isKnown, type Known } from '../argument/known';
import type { Problem } from '../argument/problem';
import { Problems } from '../argument/problem';
import { readList, readObject, readPattern } from '../argument/reader';

/** The declaration of how a registry lets its images be pulled. */
export interface RegistrySpec {
  /** As an image's name has it: `registry.example:5000`; `docker.io` for Docker Hub. */
  address: Known<string>;
  username: Known<string>;
  password: Known<string>;
}

/** What an image's name takes for a registry and not for a part of a path: it has a dot or a port, or is `localhost`. */
const host =
  /^(?:localhost|(?=[^:]*\.|.*:)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?$/;

/** Names of Docker Hub that people and tools use. */
const hub = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];

/** All problems of a host's registries; empty if there is none. Values not known yet are skipped. No message shows a password. */
export function checkRegistries(value: unknown): Problem[] {
  const problems = new Problems().at('registries');
  const seen = new FirstSeen();
  [...(readList(problems, value) ?? [])].forEach((one, index) => {
    const at = problems.at(index);
    const registry = readObject(at, one);
    if (registry === undefined) return;
    const address = readRegistryAddress(at.at('address'), registry.address);
    if (address !== undefined) {
      seen.add(at.at('address'), hub.includes(address) ? 'docker.io' : address, JSON.stringify(address));
    }
    for (const name of ['username', 'password'] as const) {
      const text = registry[name];
      const isRight = typeof text === 'string' && text !== '' && text.isWellFormed();
      if (isKnown(text) && !isRight) at.at(name).addMessage('must be a text that is not empty');
    }
  });
  return problems.list;
}

function readRegistryAddress(problems: Problems, value: unknown): string | undefined {
  const expected = "must be a registry as an image's name has it, such as 'registry.example:5000'";
  if (typeof value !== 'string' || host.test(value)) return readPattern(problems, value, host, expected);
  const [bare = ''] = value
    .trim()
    .replace(/^https?:\/\//, '')
    .split('/');
  problems.add(expected, value, bare !== value && host.test(bare) ? bare : undefined);
  return undefined;
}

/** The login for the registry of an image; `undefined` where none is declared. */
export function loginOf(registries: readonly RegistrySpec[], registry: string): RegistrySpec | undefined {
  const nameOf = (address: unknown) => (hub.includes(address as string) ? 'docker.io' : address);
  return registries.find(({ address }) => nameOf(address) === nameOf(registry));
}

/**
 * The registries by the names under which the docker provider looks for them: Docker Hub is one name for `nginx`, and another one for
 * `docker.io/library/nginx`.
 */
export function registryLogins(registries: readonly RegistrySpec[]): RegistrySpec[] {
  return registries.flatMap((one) =>
    hub.includes(one.address as string)
      ? ['registry-1.docker.io', 'docker.io'].map((address) => ({ ...one, address }))
      : [one],
  );
}
