import type { Problems } from '../argument/problem';
import { readPattern } from '../argument/reader';

/** Narrower than the Engine, which accepts any text: the docker command would read `a=b` and `-x` as options. */
const dockerName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
/** Names that Docker reserves for its own networks and for network modes of a container. */
const takenByDocker: readonly string[] = [
  'bridge',
  'host',
  'none',
  'default',
  'container',
  // Networks of Swarm.
  'ingress',
  'docker_gwbridge',
];

/** Reads Docker's name of a network: letters, digits, '_', '.' and '-', a letter or digit first. */
export function readNetworkName(problems: Problems, value: unknown): string | undefined {
  const expected = "must be letters, digits, '_', '.' and '-', a letter or digit first";
  const name = readPattern(problems, value, dockerName, expected);
  if (name === undefined || !takenByDocker.includes(name)) return name;
  problems.add('must not be a name that Docker keeps for itself', name);
  return undefined;
}
