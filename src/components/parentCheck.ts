import type { ProbeResult } from '../host/probeResult';
import type { ParentFindings } from '../plan/link/bridgeFilter';

/** What the host answered to a component (`undefined`: nothing was asked), with what was found of its parent interface. */
export function withParent(
  answer: ProbeResult<unknown> | undefined,
  { faults, warnings }: ParentFindings,
): ProbeResult<unknown> | undefined {
  if (answer?.kind === 'unreachable') return answer;
  const reasons = [...faults.map(named), ...(answer?.kind === 'refused' ? [answer.reason] : [])];
  if (reasons.length > 0) return { kind: 'refused', reason: reasons.join('; ') };
  if (warnings.length === 0) return answer;
  const seen = answer?.kind === 'seen' ? answer : undefined;
  return { kind: 'seen', value: seen?.value, warnings: [...(seen?.warnings ?? []), ...warnings.map(named)] };
}

function named(text: string): string {
  return `parentInterface: ${text}`;
}
