import type { NetworkSpec } from '../../src/plan/network/network';
import type { Endpoint, EngineHost, Running } from './engineHost';
import { unchecked } from '../property/refused';

/** A container's place: the number of the network, and how it is put there. */
export type Place = [network: number, endpoint?: Endpoint];

/**
 * Has the Engine create networks as they are declared, without any check, puts an idle container on each place, and
 * takes all of it away when the action has ended. The same place's number is the container's.
 */
export async function pushed<T>(
  engine: EngineHost,
  networks: readonly NetworkSpec[],
  places: readonly Place[],
  action: (containers: Running[], names: string[]) => Promise<T>,
): Promise<T> {
  const names: string[] = [];
  try {
    for (const network of networks.map((spec, index) => unchecked(spec, index))) {
      await engine.createNetwork(network);
      names.push(network.name);
    }
    for (const [index, [network, endpoint]] of places.entries()) {
      const [{ id }, name] = [engine.idle[index]!, names[network]!];
      await engine.attach(id, name, endpoint);
    }
    return await action(engine.idle.slice(0, places.length), names);
  } finally {
    await clear(engine, names);
  }
}

/** Removes all of them, even if one removal fails: what stays would conflict with the next example. */
async function clear(engine: EngineHost, names: readonly string[]): Promise<void> {
  const stays: unknown[] = [];
  for (const name of names) await engine.clearNetwork(name).catch((error: unknown) => stays.push(error));
  if (stays.length > 0) throw new Error(`not taken away: ${stays.join(', ')}`);
}

/** The places of an example of `refused.ts`. */
export function placesOf(containers: readonly [network: number, ipv4?: string, ipv6?: string][]): Place[] {
  return containers.map(([network, ipv4Address, ipv6Address]) => [
    network,
    {
      ...(ipv4Address === undefined ? {} : { ipv4Address }),
      ...(ipv6Address === undefined ? {} : { ipv6Address }),
    },
  ]);
}
