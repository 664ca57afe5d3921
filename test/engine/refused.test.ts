import { problemsOf, refused } from '../property/refused';
import { onEngines } from './onEngines';
import { placesOf, pushed } from './pushed';

/** What the checks refuse because an Engine or its kernel does: each example is pushed past them, and really fails. */

const plug = [50, 60].map(
  (id) => `ip link add link eth0 name eth0.${id} type vlan id ${id} && ip link set eth0.${id} up`,
);
const unplug = 'ip link del eth0.50; ip link del eth0.60';

onEngines('on %s, past the check,', { idle: 3, plug: plug.join(' && '), unplug }, (engine) => {
  test.each(refused)('$rule: fails', async ({ networks, containers, says, saysUpTo27 = says }) => {
    expect(problemsOf({ networks, containers }).length).toBeGreaterThan(0);
    const push = pushed(engine, networks, placesOf(containers), () => Promise.resolve());
    await expect(push).rejects.toThrow(engine.release < 28 ? saysUpTo27 : says);
  });
});
