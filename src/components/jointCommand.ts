import * as pulumi from '@pulumi/pulumi';
import { whenResolved } from './knownNow';
import type { JointTrunk, Outcome } from './together';

/**
 * The spec of a trunk or shim, held back until its turn on its host, so that its command does not wait on the host for one that is not confirmed yet.
 * @param before - what its command needs: the component, which the engine registers when all that it depends on is there, and what it stands on.
 * @param joint - absent where no host waits for another one.
 */
export function inTurn(
  spec: pulumi.Output<string>,
  before: pulumi.Resource[],
  joint: JointTrunk | undefined,
): pulumi.Output<string> {
  if (joint === undefined) return spec;
  return spec.apply(async (text) => {
    await whenResolved(before.map(({ urn }) => urn));
    await joint.turn();
    return text;
  });
}

/**
 * What becomes of the change that a trunk's command makes.
 * @param joint - absent where the command itself fails if its change is not confirmed.
 */
export function outcomeOf(links: pulumi.Resource, joint: JointTrunk | undefined): Promise<Outcome> {
  if (joint === undefined) return Promise.resolve('kept');
  void whenResolved(links.urn).then(
    () => joint.pass(),
    async (error: unknown) => {
      const { message } = error as Error;
      await (isEngineGone(message) ? joint.abandon() : joint.fail(message));
    },
  );
  return joint.outcome;
}

/** The SDK's words where the engine has ended before the program. */
function isEngineGone(message: string): boolean {
  return /resource monitor/i.test(message);
}
