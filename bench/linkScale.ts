import { hostScript } from '../src/host/remoteScript';
import { renderOwner, renderTrunkSpec } from '../src/host/trunkSpec';
import { Problems } from '../src/plan/argument/problem';
import { readTrunk } from '../src/plan/link/trunk';
import type { Agent } from './agent';
import { parentInterface } from './layout';
import { ipBatchSeconds, secondsOf } from './plainBatch';

/** Seconds on the host, without ssh, the engine and the provider. */
export interface LinkScale {
  vlans: number;
  apply: number;
  /** The same again, with nothing to do. */
  again: number;
  remove: number;
  /** `ip -batch` with the same links and nothing else. */
  batch: number;
}

const counts = [100, 500, 4094];

/** The host script alone, on real links, which need not come back after a reboot. */
export async function linkScale(agent: Agent): Promise<LinkScale[]> {
  await write(agent, 'script', hostScript());
  const found: LinkScale[] = [];
  for (const vlans of counts) found.push(await measure(agent, vlans));
  await agent.run('rm -f /run/bench.script /run/bench.spec /run/bench.owner');
  return found;
}

async function measure(agent: Agent, count: number): Promise<LinkScale> {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const owner = { project: 'bench', stack: 'bench', kind: 'trunk', name: 'trunk' } as const;
  const plan = readTrunk(new Problems(), { parentInterface, vlans: ids.map((vlanId) => ({ vlanId })) });
  await write(agent, 'spec', renderTrunkSpec(owner, plan, { persistence: 'none' }));
  await write(agent, 'owner', renderOwner(owner));
  const apply = await secondsOf(agent, 'sh /run/bench.script apply </run/bench.spec');
  const again = await secondsOf(agent, 'sh /run/bench.script apply </run/bench.spec');
  const remove = await secondsOf(agent, 'sh /run/bench.script remove </run/bench.owner');
  const batch = await ipBatchSeconds(
    agent,
    ids.map((vlanId) => ({ vlanId, link: `${parentInterface}.${vlanId}` })),
  );
  return { vlans: count, apply, again, remove, batch };
}

async function write(agent: Agent, name: string, text: string): Promise<void> {
  await agent.run(`cat >/run/bench.${name} <<'END OF BENCH FILE'\n${text}\nEND OF BENCH FILE`);
}
