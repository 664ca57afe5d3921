import type { Problems } from '../argument/problem';
import { readChoice } from '../argument/reader';

/** What a host routes from and to the VLANs of a trunk: nothing, between them and nowhere else, or what the host itself lets through. */
export type Routing = 'isolated' | 'between' | 'unmanaged';

/** What makes rules on the host. */
export type ManagedRouting = Exclude<Routing, 'unmanaged'>;

const routings: readonly Routing[] = ['isolated', 'between', 'unmanaged'];

export function readRouting(problems: Problems, value: unknown): Routing | undefined {
  return readChoice(problems, value, routings);
}
