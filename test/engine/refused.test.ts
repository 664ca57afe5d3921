import { hostFacts } from '../e2e/facts';
import { problemsOf, refused, type Refused, unchecked } from '../property/refused';
import { EngineHost, engineHosts } from './engineHost';

/** What the checks refuse because an Engine or its kernel does: each example is pushed past them, and really fails. */

const plug = [50, 60].map(
  (id) => `ip link add link eth0 name eth0.${id} type vlan id ${id} && ip link set eth0.${id} up`,
);
const unplug = 'ip link del eth0.50; ip link del eth0.60';

describe.each(engineHosts)('on %s, past the check,', (name) => {
  let engine: EngineHost;
  let untouched: string;
  beforeAll(async () => {
    untouched = await hostFacts(name);
    engine = await EngineHost.open(name, 3);
    await engine.sh(plug.join(' && '));
  });
  afterAll(async () => {
    await engine.sh(unplug);
    await engine.close();
    expect(await hostFacts(name)).toBe(untouched);
  });

  /** Creates the networks and puts idle containers on them, and takes all of it away again. */
  async function push({ networks, containers }: Refused): Promise<void> {
    const created: string[] = [];
    const attached: [id: string, network: string][] = [];
    try {
      for (const [index, spec] of networks.entries()) {
        const network = unchecked(spec, index);
        await engine.createNetwork(network);
        created.push(network.name);
      }
      for (const [index, [network, ipv4Address, ipv6Address]] of containers.entries()) {
        const [{ id }, on] = [engine.idle[index]!, created[network]!];
        await engine.attach(id, on, {
          ...(ipv4Address === undefined ? {} : { ipv4Address }),
          ...(ipv6Address === undefined ? {} : { ipv6Address }),
        });
        attached.push([id, on]);
      }
    } finally {
      for (const [id, network] of attached) await engine.detach(id, network);
      for (const network of created) await engine.removeNetwork(network);
    }
  }

  test.each(refused)('$rule: fails', async (example) => {
    expect(problemsOf(example).length).toBeGreaterThan(0);
    await expect(push(example)).rejects.toThrow(example.says);
  });
});
