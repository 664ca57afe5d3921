import * as pulumi from '@pulumi/pulumi';
import { ownerLabel, revisionLabel } from '../host/ownerLabel';
import type { DockerDrift } from './dockerDrift';

/** A label as the docker provider takes it. */
interface Label {
  label: pulumi.Input<string>;
  value: pulumi.Input<string>;
}

/**
 * The labels of a network or a container with our own: whose it is, and which creation.
 * @param kept - gets `labels` where they have to stay as the state has them.
 */
export function withOwnLabels(
  given: pulumi.Input<pulumi.Input<Label>[] | undefined> | undefined,
  owner: pulumi.Output<string>,
  drift: DockerDrift,
  kept: string[],
): pulumi.Output<pulumi.UnwrappedObject<Label>[]> {
  return pulumi.all([given, owner]).apply(([labels = [], value]) => {
    const others = labels.filter(({ label }) => label !== ownerLabel && label !== revisionLabel);
    const keep = (isForEver: boolean) => {
      // Else a change of the user's own would never come.
      if (!isForEver || others.length === 0) kept.push('labels');
    };
    return drift
      .revision(keep)
      .then((revision) => [
        ...others,
        { label: ownerLabel, value },
        ...(revision === undefined ? [] : [{ label: revisionLabel, value: revision }]),
      ]);
  });
}
