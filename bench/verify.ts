import type { Agent } from './agent';

const ask = [
  'ip -o link show type vlan up | wc -l',
  'docker network ls --quiet --filter driver=macvlan | wc -l',
  'docker ps --quiet --filter status=running | wc -l',
].join('; ');

/** A figure counts only for work that was done: so many links, networks and containers are on the host. */
export async function verify(
  agent: Agent,
  wanted: { links: number; networks: number; containers: number },
): Promise<void> {
  const seen = (await agent.run(ask)).trim().split(/\s+/).map(Number);
  const counts = [wanted.links, wanted.networks, wanted.containers];
  if (seen.join() === counts.join()) return;
  throw new Error(`${agent.host.name} has ${seen.join(', ')} links, networks and containers, not ${counts.join(', ')}`);
}
