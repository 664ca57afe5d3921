import type { Layout } from './layout';
import type { SizeName } from './size';

export const operations = ['up', 'noop', 'destroy'] as const;

/** `noop`: checks that everything exists, and changes nothing. */
export type Operation = (typeof operations)[number];

/** A program to run, as a user would. */
export interface Command {
  argv: string[];
  env?: Record<string, string | undefined>;
  /** What it must not print, where its exit code alone does not say that it did the right thing. */
  refuse?: RegExp;
}

/** One way to put a layout on the hosts. */
export interface Competitor {
  name: string;
  title: string;
  /** Where it takes minutes, and once has to be enough. */
  onceAt?: SizeName;
  /** Lays ready what the operations need: outside of what is measured. */
  prepare(layout: Layout, folder: string): Promise<Workplace>;
}

/** A competitor that is ready for one layout. */
export interface Workplace {
  command(operation: Operation): Command;
}
