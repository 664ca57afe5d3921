import type { Agent } from './agent';
import { parentInterface } from './layout';

/** Seconds of `ip -batch` alone, on the host itself, for VLANs; takes them back again. */
export async function ipBatchSeconds(
  agent: Agent,
  vlans: readonly { link: string; vlanId: number }[],
): Promise<number> {
  const add = vlans.map(
    ({ link, vlanId }) => `link add link ${parentInterface} name ${link} up type vlan id ${vlanId}`,
  );
  const remove = vlans.map(({ link }) => `link del ${link}`);
  await agent.run(`echo '${add.join('\n')}' >/run/bench.add; echo '${remove.join('\n')}' >/run/bench.remove`);
  const seconds = await secondsOf(agent, 'ip -batch /run/bench.add');
  await agent.run('ip -batch /run/bench.remove');
  return seconds;
}

/** Seconds of a command line that must succeed, without the time to reach the host. */
export async function secondsOf(agent: Agent, command: string): Promise<number> {
  const said = await agent.run(
    `TIMEFORMAT=%R; { time { ${command}; } >/run/bench.out 2>&1; } 2>&1 || { cat /run/bench.out; false; }`,
  );
  return Number(said.trim());
}
