import * as command from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import type { Host } from './host';
import { commandInputs } from './linkCommand';

/**
 * A resource for what a link cannot change, such as its name or its parent. A change replaces it. In the same `up` the engine first deletes
 * what depends on it: containers, their networks, shims, and the link; all of them are made anew afterwards.
 *
 * It creates nothing, so it never connects, unless `removal` is given to take the link away.
 * @param values - each change of one makes another link of it.
 */
export function linkIdentity(
  name: string,
  host: Host,
  values: pulumi.Input<string>[],
  opts: pulumi.CustomResourceOptions,
  removal: { delete?: string; stdin?: pulumi.Input<string> } = {},
): command.remote.Command {
  return new command.remote.Command(
    name,
    {
      ...commandInputs(host),
      ...(removal.delete === undefined && { connection: { host: host.address } }),
      ...removal,
      triggers: values,
    },
    { ...opts, deleteBeforeReplace: true },
  );
}

/**
 * The same value, as an output of that resource. A resource that has it as an input, and is replaced when that input changes, is deleted
 * before that one is replaced. The value stays known at preview.
 */
export function standingOn<T>(resource: pulumi.Resource, value: pulumi.Input<T>): pulumi.Output<T> {
  return pulumi.all([value, resource.urn]).apply(([known]) => known as T);
}
