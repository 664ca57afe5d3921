import type { Operation } from './competitor';

/** What an operation of this package opened on each host. */
export interface SessionCount {
  /** Sessions, the docker provider's own aside: the most of any host. */
  own: number;
  /** Those of the docker provider: the most of any host. */
  docker: number;
}

export type SessionCounts = Partial<Record<Operation, SessionCount>>;
