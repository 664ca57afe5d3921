import type { NetworkSpec } from '../../src/plan/network/network';
import type { EngineHost, Fixed, Running } from './engineHost';
import { planDockerNetwork } from '../../src/plan/network/dockerNetwork';
import { sharedParentEngine } from '../../src/plan/network/engine';
import { newestEngine } from '../../src/plan/network/engineVersion';
import { type HostSpec, startRounds, worldOf } from '../property/world';
import { differences } from './declared';

/** The oldest major release of the Engine that all networks of a generated host work with. */
export function neededEngine(host: HostSpec): number {
  const engines = host.specs.map((spec) => planDockerNetwork(spec).minimumEngine);
  return newestEngine(sharedParentEngine(worldOf(host).plans), ...engines).major;
}

/** A container of a generated host, which the Engine has. */
interface Placed {
  spec: NetworkSpec;
  fixed: Fixed;
  at: Running;
}

/**
 * Declares a generated host on a real one, side by side as Pulumi does, and takes it away again. Gives what is not as
 * declared. Its containers are really started, or idle ones that run already are put on its networks.
 */
export async function createHost(engine: EngineHost, host: HostSpec, isStarted: boolean): Promise<string[]> {
  const networks: string[] = [];
  const placed: Placed[] = [];
  try {
    await allOf(
      host.specs.map(async (spec) => {
        await engine.createNetwork({ ...planDockerNetwork(spec), name: nameOf(spec) });
        networks.push(nameOf(spec));
      }),
    );
    const idle = [...engine.idle];
    const place = async ({ network, ...fixed }: HostSpec['containers'][number]): Promise<void> => {
      const spec = host.specs[network]!;
      const container = { network: nameOf(spec), endpoint: fixed as Fixed };
      const at = isStarted ? await engine.start(container) : idle.pop()!;
      placed.push({ spec, fixed: container.endpoint, at });
      if (!isStarted) await engine.attach(at.id, container.network, container.endpoint);
    };
    for (const round of startRounds(host)) {
      const byNetwork = host.specs.map((_, number) => round.filter(({ network }) => network === number));
      await allOf(byNetwork.map((containers) => inTurn(containers, place)));
    }
    return await compare(engine, networks, placed);
  } finally {
    await allOf(
      networks.map(async (network) => {
        const on = placed.filter(({ spec }) => nameOf(spec) === network);
        // One after the other: an Engine that detaches several at once miscounts, and then keeps the network for ever.
        const away = inTurn(on, ({ at }) => (isStarted ? engine.remove(at.id) : engine.detach(at.id, network)));
        // What was put on it half way cannot be detached, and is no longer there.
        await away.catch(() => undefined);
        await engine.removeNetwork(network);
      }),
    );
  }
}

async function compare(engine: EngineHost, networks: readonly string[], placed: readonly Placed[]): Promise<string[]> {
  const [given, found] = await Promise.all([
    Promise.all(networks.map((network) => engine.given(network))),
    engine.found(placed.map(({ at }) => at)),
  ]);
  const givenTo = new Map(given.flatMap((containers) => [...containers]));
  return placed.flatMap(({ spec, fixed, at }, index) =>
    differences(spec, fixed, givenTo.get(at.id) ?? [], found[index]!),
  );
}

const nameOf = ({ name }: NetworkSpec): string => name as string;

/** Waits for all, even if one fails: operations must not overlap with those of the next host. */
async function allOf(actions: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(actions)).find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function inTurn<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await action(item);
}
