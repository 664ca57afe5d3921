import type { EndFacts } from './diagnosis';

/** How many datagrams the near end sends at once. */
const burst = 100;

/**
 * Whether the far end's kernel has delivered datagrams to a socket, where no answer came. `untold`: others send so many that it cannot be told, or the
 * far end did not report.
 */
export function deliveryOf(near: EndFacts | undefined, far: EndFacts | undefined): 'delivered' | 'lost' | 'untold' {
  if (near?.sent === 'answered') return 'delivered';
  if (far === undefined) return 'untold';
  const { container = 'running', address, listens } = far;
  if (container !== 'running' || address === 'no' || listens === 'no') return 'lost';
  if (listens === undefined) return 'untold';
  // A refusal although a socket has the port: since the first datagram it is connected, and accepts those of that one sender alone.
  if (far.queued === 'yes' || near?.sent === 'refused') return 'delivered';
  const quiet = Number(far.quiet);
  if (quiet > burst / 2) return 'untold';
  return Number(far.peak) - quiet >= burst / 2 ? 'delivered' : 'lost';
}
