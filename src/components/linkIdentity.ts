import * as command from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import type { Host } from './host';
import { commandInputs } from './linkCommand';

/**
 * A resource for what a link cannot change, such as its name or its parent. A change replaces it, and the engine deletes before it, in the
 * same `up`, whatever stands on it: containers, their networks, shims, and the link. All of them are made anew afterwards.
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
 * The same value, as an output of that resource: an input that holds it is deleted before the resource is replaced, where a change of that input
 * is a replacement. The value stays known at preview.
 */
export function standingOn<T>(resource: pulumi.Resource, value: pulumi.Input<T>): pulumi.Output<T> {
  return pulumi.all([value, resource.urn]).apply(([known]) => known as T);
}
