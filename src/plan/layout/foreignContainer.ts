import { type Problem, Problems } from '../argument/problem';

/** An existing container on a host that this stack did not make. */
export interface ForeignContainer {
  readonly name: string;
  readonly image: string;
  /** The project of Docker Compose that it belongs to. */
  readonly project: string | undefined;
}

/** A container cannot have the name of another one on its host, also of one that does not run. */
export function checkForeignContainers(name: string, foreign: readonly ForeignContainer[]): Problem[] {
  const problems = new Problems();
  for (const other of foreign) {
    if (other.name !== name) continue;
    problems.at('name').add(`must differ from the ${inWords(other)}`, name);
  }
  return problems.list;
}

/** The container in words. */
export function inWords({ name, image, project }: ForeignContainer): string {
  const from = project === undefined ? '' : `, of the Compose project ${project}`;
  return `container ${name} (${image}${from}), which is on the host and not of this stack`;
}
