import * as pulumi from '@pulumi/pulumi';
import type { LinkHistory } from '../host/drift';
import type { ProbeResult } from '../host/probeResult';

/**
 * Names an apply, so that the engine sees whether another one is needed: the host keeps the revision of the last one. As long as nothing has
 * drifted the same goes into the command again, else a new one.
 */
export interface Revision {
  readonly word: string;
  /** False where the host was not asked, or did not answer: then whatever the state holds stays right. */
  readonly isKnown: boolean;
}

/** What nothing is known of: the command of a new resource holds it, and its host keeps it like any other. */
export const unknownRevision: Revision = { word: '-', isKnown: false };

/** @param now - names a new one. */
export function revisionOf(result: ProbeResult<LinkHistory> | undefined, now: Date): Revision {
  if (result === undefined || result.kind === 'unreachable') return unknownRevision;
  // A contradiction is reported by the gate, which runs only where something changes.
  const kept = result.kind === 'seen' && result.value.drift.length === 0 ? result.value.revision : undefined;
  return { word: kept ?? now.toISOString().replace(/\.\d+|[:-]/g, ''), isKnown: true };
}

/** The options of a resource whose inputs of that name hold a revision: they keep their values where it is not known. */
export function keepingUnknown(
  revision: pulumi.Output<Revision>,
  inputs: string[],
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const keep: pulumi.ResourceTransform = async ({ props, opts: own }) => {
    const { isKnown } = await valueOf(revision);
    if (isKnown) return { props, opts: own };
    const ignored = (own as pulumi.CustomResourceOptions).ignoreChanges ?? [];
    return { props, opts: { ...own, ignoreChanges: [...ignored, ...inputs] } };
  };
  return { ...opts, transforms: [...(opts.transforms ?? []), keep] };
}

const valueOf = (revision: pulumi.Output<Revision>) =>
  new Promise<Revision>((resolve) => revision.apply((value) => (resolve(value), value)));
