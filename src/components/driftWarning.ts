import { driftSentence, type LinkHistory, repetition } from '../host/drift';
import type { Gate, GateMember } from './gate';

/**
 * Says what has drifted on a host, and which component's update mends it. Without its resource: the SDK prints messages in their order, so one
 * that waited for the resource to be registered would hold up all others, and with them the hooks that it waits for.
 */
export async function warnOfDrift(
  gate: Gate,
  member: GateMember,
  history: Pick<LinkHistory, 'drift' | 'healed' | 'manager'>,
): Promise<void> {
  const { drift } = history;
  if (drift.length === 0) return;
  const again = repetition(history);
  const lines = [...drift.map(driftSentence), ...(again === undefined ? [] : [again])];
  await gate.warn(member, ['not as the last up left it:', ...lines].join('\n  '));
}
