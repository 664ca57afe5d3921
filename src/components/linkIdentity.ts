import * as pulumi from '@pulumi/pulumi';
import { withoutStackTraces } from './withoutStackTraces';

/**
 * A resource for what a link cannot change, such as its name or its parent. It is in the state alone (pulumi.Stash). A change replaces it: in
 * the same `up` the engine first deletes what depends on it, which is containers, their networks and shims, and makes all of them anew
 * after the trunk's command has made the link another one.
 * @param value - each change of it makes another link.
 */
export function linkIdentity(
  name: string,
  value: pulumi.Input<string[]>,
  opts: pulumi.CustomResourceOptions,
): pulumi.Stash {
  const options = { ...opts, replaceOnChanges: ['input'], deleteBeforeReplace: true };
  return withoutStackTraces(() => new pulumi.Stash(name, { input: value }, options));
}

/**
 * The same value, as an output of those resources. A resource that has it as an input, and is replaced when that input changes, is deleted
 * before one of those is replaced. The value stays known at preview.
 */
export function standingOn<T>(
  resources: pulumi.Resource | pulumi.Resource[],
  value: pulumi.Input<T>,
): pulumi.Output<T> {
  const urns = [resources].flat().map(({ urn }) => urn);
  return pulumi.all([value, ...urns]).apply(([known]) => known as T);
}
