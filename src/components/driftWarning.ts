import * as pulumi from '@pulumi/pulumi';
import { driftSentence, type LinkHistory } from '../host/drift';

/**
 * Says what has drifted on a host, and which component's update mends it. Without its resource: the SDK prints messages in their order, so one
 * that waited for the resource to be registered would hold up all others, and with them the hooks that it waits for.
 */
export async function warnOfDrift(
  subject: string,
  { drift, healed }: Pick<LinkHistory, 'drift' | 'healed'>,
): Promise<void> {
  if (drift.length === 0) return;
  const again = healed && `has drifted ${healed.count + 1} times since ${healed.since}`;
  const lines = [...drift.map(driftSentence), ...(again === undefined ? [] : [again])];
  await pulumi.log.warn([`${subject}: not as the last up left it:`, ...lines].join('\n  '));
}
