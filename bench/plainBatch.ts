import type { Agent } from './agent';
import type { Layout } from './layout';

/** Seconds of `ip -batch` alone, on the host itself, for all VLANs of a layout; takes them back again. */
export async function ipBatchSeconds(agent: Agent, { parentInterface, hosts }: Layout): Promise<number> {
  const vlans = hosts[0]?.vlans ?? [];
  const add = vlans.map(
    ({ link, vlanId }) => `link add link ${parentInterface} name ${link} up type vlan id ${vlanId}`,
  );
  const remove = vlans.map(({ link }) => `link del ${link}`);
  await agent.run(`echo '${add.join('\n')}' >/run/bench.add; echo '${remove.join('\n')}' >/run/bench.remove`);
  const said = await agent.run(`TIMEFORMAT=%R; { time ip -batch /run/bench.add; } 2>&1`);
  await agent.run('ip -batch /run/bench.remove');
  return Number(said.trim());
}
