import type * as pulumi from '@pulumi/pulumi';
import type { LinksAnswer } from '../host/probe';
import type { ProbeResult } from '../host/probeResult';
import type { ArgumentCheck } from './argumentCheck';
import type { Confirmation } from './confirmation';
import type { HostDrift } from './hostDrift';
import type { HostProbe } from './hostProbe';
import { bringScriptAgain } from './missingScript';
import type { JointTrunk } from './together';

/** Hooks of the commands of one owner of links. */
export interface ScriptHooks {
  /**
   * Of the command that removes them. Where it is made anew, the one before has just taken the script away. It also connects so that no state
   * holds the removal of what never came to be, on a host that cannot be reached.
   */
  readonly removal: pulumi.ResourceHookBinding;
  /** Of the command that makes them. */
  readonly links: pulumi.ResourceHookBinding;
  /** Of what comes after them, where they are confirmed together with others. */
  readonly sweep?: pulumi.ResourceHookBinding;
}

/** A trunk or shim, and what its host does for it. */
interface ScriptOwner {
  /** The check of the host. */
  readonly host: ArgumentCheck<unknown>;
  readonly session: () => HostProbe | undefined;
  readonly confirmation: Confirmation;
  readonly drifts: HostDrift;
  readonly probeLinks: (spec: string) => Promise<ProbeResult<LinksAnswer> | undefined>;
  /** The check of the trunk or shim. */
  readonly check: ArgumentCheck<unknown>;
  /** The spec of its links, once the check has passed. */
  readonly spec: () => string | undefined;
  /** What it is confirmed together with. */
  readonly joint: JointTrunk | undefined;
}

/** After the check these see to it that the host has the script, and after a change that could cut the host off they confirm it. */
export function scriptHooks(owner: ScriptOwner): ScriptHooks {
  const { host, session, confirmation, drifts, probeLinks, check, spec, joint } = owner;
  const stage = async (role: keyof ScriptHooks) => {
    const known = spec();
    if (known !== undefined) await session()?.stage(known, role === 'removal');
    return known;
  };
  const stageAnew = async () => {
    const known = spec();
    if (known !== undefined) await session()?.stageAnew(known);
  };
  const refused = async () => joint && confirmation.stop(check.subject, joint);
  return {
    removal: check.hooks([host], {
      role: 'removal',
      run: () => stage('removal').then(() => undefined),
      refused,
    }),
    links: check.hooks([host], {
      role: 'links',
      refused,
      run: async ({ oldInputs }) => {
        const known = await stage('links');
        if (known !== undefined && oldInputs !== undefined) await drifts.tellRecords(check, await probeLinks(known));
        joint?.begin();
        confirmation.begin();
      },
      after: ({ stdout }) => confirmation.confirm(check.subject, spec() ?? '', stdout, joint),
      failed: async (errors) => {
        if (await bringScriptAgain(errors, stageAnew)) return true;
        await confirmation.explain(check.subject, spec() ?? '', errors, joint);
        return false;
      },
    }),
    ...(joint && {
      sweep: check.hooks([host], { role: 'sweep', run: () => confirmation.require(check.subject, joint) }),
    }),
  };
}
