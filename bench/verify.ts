import type { Agent } from './agent';

const ask = [
  'ip -o link show type vlan up | wc -l',
  'docker network ls --quiet --filter driver=macvlan | wc -l',
  'docker ps --quiet --filter status=running | wc -l',
].join('; ');

/** A figure counts only for work that was done: so many links, and so many networks and containers, are on the host. */
export async function verify(agent: Agent, { links, others }: { links: number; others: number }): Promise<void> {
  const seen = (await agent.run(ask)).trim().split(/\s+/).map(Number);
  const wanted = [links, others, others];
  if (seen.join() === wanted.join()) return;
  throw new Error(`${agent.host.name} has ${seen.join(', ')} links, networks and containers, not ${wanted.join(', ')}`);
}
