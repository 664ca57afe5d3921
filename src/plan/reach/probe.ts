import type { Problems } from '../argument/problem';
import { optional, readBoolean, readChoice, readInteger } from '../argument/reader';

export const reachProtocols = ['icmp', 'tcp', 'udp'] as const;
export type ReachProtocol = (typeof reachProtocols)[number];

/** What is asked of each pair of a probe. */
export interface ProbePlan {
  readonly protocol: ReachProtocol;
  /** With `tcp` and `udp` only. */
  readonly port?: number;
  /** Bytes of an IP packet that must pass in one piece; with `icmp` only. */
  readonly packetSize?: number;
  readonly isReachable: boolean;
}

/** Reads what a probe asks; `undefined` if something is wrong or not known yet. */
export function readProbe(problems: Problems, value: Readonly<Record<string, unknown>>): ProbePlan | undefined {
  const before = problems.count();
  const protocol =
    optional(value.protocol, (given) => readChoice(problems.at('protocol'), given, reachProtocols)) ?? 'icmp';
  const isReachable = optional(value.reachable, (given) => readBoolean(problems.at('reachable'), given)) ?? true;
  // The kernel's smallest MTU for IPv4 (RFC 791), and the largest length of a packet.
  const packetSize = optional(value.packetSize, (given) => readInteger(problems.at('packetSize'), given, 68, 65535));
  const port = optional(value.port, (given) => readInteger(problems.at('port'), given, 1, 65535));
  if (protocol !== 'icmp' && value.port === undefined)
    problems.at('port').addMessage(`must be given with protocol ${protocol}`);
  if (protocol === 'icmp' && value.port !== undefined) problems.at('port').addMessage('needs protocol tcp or udp');
  if (protocol !== 'icmp' && value.packetSize !== undefined) {
    const reason = protocol === 'tcp' ? ': TCP chooses the sizes of its packets itself' : '';
    problems.at('packetSize').addMessage(`needs protocol icmp${reason}`);
  }
  if (value.packetSize !== undefined && !isReachable)
    problems.at('packetSize').addMessage('has no meaning where nothing may be reached');
  if (problems.count() !== before) return undefined;
  return { protocol, isReachable, ...(port && { port }), ...(packetSize && { packetSize }) };
}
