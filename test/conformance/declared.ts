export type Kind = 'docker' | 'command' | 'network' | 'container' | 'image';

/** One resource, as data. */
export interface Declared {
  kind: Kind;
  name: string;
  /** Inputs; `{ from, take }` stands for another resource's output. */
  args: Record<string, unknown>;
  /** Name of the docker provider. */
  on?: string;
  /** Names of resources that it depends on. */
  after?: string[];
  /** ID to import. */
  existing?: string;
}
