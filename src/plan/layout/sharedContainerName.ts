import { FirstSeen } from '../argument/firstSeen';
import type { Problems } from '../argument/problem';
import type { ContainerName } from './placement';

/** Refuses a second container with the same name on one host. */
export function checkContainerNames(problems: Problems, containers: readonly ContainerName[]): void {
  const names = new FirstSeen();
  for (const { name, path } of containers) names.add(problems.below(path), name, JSON.stringify(name));
}
