import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent, Counters } from './agent';

const interval = 300;
/** Of that interval: less is what an idle host with Docker takes. */
const quietSeconds = 0.03;
const longest = 20_000;

/**
 * The counters of a host once it is quiet: what an operation leaves to be done after its end is still its work. Gives up after 20
 * seconds, as a host that is never quiet is no reason to measure nothing.
 */
export async function quietCounters(agent: Agent): Promise<Counters> {
  const since = Date.now();
  let last = await agent.counters();
  for (let quiet = 0; quiet < 2 && Date.now() - since < longest;) {
    await sleep(interval);
    const now = await agent.counters();
    quiet = now.cpu - last.cpu <= quietSeconds ? quiet + 1 : 0;
    last = now;
  }
  return last;
}
