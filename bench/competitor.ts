import type { Layout } from './layout';

export const operations = ['up', 'noop', 'destroy'] as const;

/** `noop`: says that all is there as declared, and changes nothing. */
export type Operation = (typeof operations)[number];

/** A program to run, as a user would. */
export interface Command {
  argv: string[];
  env?: Record<string, string | undefined>;
}

/** One way to put a layout on the hosts. */
export interface Competitor {
  name: string;
  title: string;
  /** Lays ready what the operations need: outside of what is measured. */
  prepare(layout: Layout, folder: string): Promise<Workplace>;
}

/** A competitor that is ready for one layout. */
export interface Workplace {
  command(operation: Operation): Command;
}
