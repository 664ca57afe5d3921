import { hostFacts } from '../e2e/facts';
import { problemsOf, refused } from '../property/refused';
import { EngineHost, engineHosts } from './engineHost';
import { placesOf, pushed } from './pushed';

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

  test.each(refused)('$rule: fails', async ({ networks, containers, says }) => {
    expect(problemsOf({ networks, containers }).length).toBeGreaterThan(0);
    const push = pushed(engine, networks, placesOf(containers), () => Promise.resolve());
    await expect(push).rejects.toThrow(says);
  });
});
