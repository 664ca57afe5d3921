import type { Family } from '../ip/address';

/** What only a network has that is neither macvlan nor ipvlan: one of a bridge of the host, or of another driver. */
export interface OrdinaryNetwork {
  readonly driver: string;
  /** The IP versions in which its containers get a default route. */
  readonly defaultRoutes: readonly Family[];
}
