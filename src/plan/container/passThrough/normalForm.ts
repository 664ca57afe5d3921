import type { KernelLimits } from './kernelLimit';

/** Resolved arguments of a container, by the docker provider's names. Callers in YAML reach us past the type checker. */
export type ContainerArguments = Readonly<Record<string, unknown>>;

/**
 * The form in which the docker provider reads arguments back from the Engine. Given in another spelling they differ from the state at
 * every `pulumi up`. What a rule does not understand it leaves as it is: the provider refuses it with its own words.
 */
export interface NormalForm {
  /** Arguments that the rule rewrites; it applies where one of them is given. */
  readonly rewrites: readonly string[];
  /** Arguments that it reads beside them. */
  readonly reads: readonly string[];
  /** True where the form depends on the host's kernel. */
  readonly readsKernel?: true;
  /** The rewritten arguments; `undefined` for one that is left out. */
  readonly normal: (given: ContainerArguments, kernel: KernelLimits) => ContainerArguments;
}
