import type * as pulumi from '@pulumi/pulumi';
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
  /** Names of the links that the host still has from the last apply and that are declared no more. */
  readonly departing: readonly string[];
}

/** What nothing is known of: the command of a new resource holds it, and its host keeps it like any other. */
export const unknownRevision: Revision = { word: '-', isKnown: false, departing: [] };

/** @param now - names a new one. */
export function revisionOf(result: ProbeResult<LinkHistory> | undefined, now: Date): Revision {
  if (result === undefined || result.kind === 'unreachable') return unknownRevision;
  // A contradiction is reported by the gate, which runs only where something changes.
  const history = result.kind === 'seen' ? result.value : undefined;
  const kept = history?.drift.length === 0 ? history.revision : undefined;
  return { word: kept ?? newWord(now), isKnown: true, departing: history?.departing ?? [] };
}

/** Names what is done now. */
export function newWord(now: Date): string {
  return now.toISOString().replace(/\.\d+|[:-]/g, '');
}

/**
 * The options of a resource, with a list of inputs that keep the values of the state, besides those of the user. The SDK reads the list when all
 * inputs have resolved, so an input that depends on the revision may still add itself to it. A transform (`transforms`) would do it too, and
 * lose on which resources each input depends, so that a replacement of these would no longer replace this one.
 */
export function keeping<T extends pulumi.ResourceOptions>(inputs: string[], opts: T | undefined): T {
  let own: pulumi.Resource | undefined;
  // The constructors on the way copy each list that they are given. This comes after them.
  const keep: pulumi.ResourceTransformation = ({ resource, props, opts: given }) => {
    // The children of a component get its transformations, too.
    own ??= resource;
    if (resource !== own) return undefined;
    inputs.push(...(given.ignoreChanges ?? []));
    return { props, opts: { ...given, ignoreChanges: inputs } };
  };
  return { ...opts, transformations: [...(opts?.transformations ?? []), keep] } as T;
}
