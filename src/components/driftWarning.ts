import * as pulumi from '@pulumi/pulumi';
import { driftSentence, type LinkHistory } from '../host/drift';

/** Says what has drifted on a host, with the component whose update mends it. */
export async function warnOfDrift(
  component: pulumi.Resource,
  subject: string,
  { drift, healed }: LinkHistory,
): Promise<void> {
  if (drift.length === 0) return;
  const again = healed && `has drifted ${healed.count + 1} times since ${healed.since}`;
  const lines = [...drift.map(driftSentence), ...(again === undefined ? [] : [again])];
  await pulumi.log.warn([`${subject}: not as the last up left it:`, ...lines].join('\n  '), component);
}
