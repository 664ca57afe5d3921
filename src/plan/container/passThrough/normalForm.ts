import type { KernelLimits } from './kernelLimit';

/** Resolved arguments of a container, by the docker provider's names. Callers in YAML reach us past the type checker. */
export type ContainerArguments = Readonly<Record<string, unknown>>;

/**
 * A rule for the form in which the docker provider reads some arguments back from the Engine. In another spelling they would differ from
 * the state at every `pulumi up`. A value that the rule does not understand is left unchanged, so that the provider reports it.
 */
export interface NormalForm {
  /** Arguments that the rule rewrites. It applies if one of them is given. */
  readonly rewrites: readonly string[];
  /** Further arguments that it reads. */
  readonly reads: readonly string[];
  /** True if the form depends on the host's kernel. */
  readonly readsKernel?: true;
  /** The rewritten arguments; `undefined` for one that is to be omitted. */
  readonly normal: (given: ContainerArguments, kernel: KernelLimits) => ContainerArguments;
}
