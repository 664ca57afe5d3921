import type { NetworkSpec } from '../../src/plan/network/network';
import { missingParent } from '../../src/host/dockerReport';
import { onEngines } from './onEngines';
import { pushed } from './pushed';

/** What an Engine does with a parent that is not there: the reason why the probe refuses a missing one, and why the program makes the link first. */

const plug = 'ip link add wire0 type veth peer name wire1 && ip link set wire0 up';
const unplug = 'ip link del wire0';
const there = { version: '28.5.2', links: new Map([['wire0', undefined]]) };
const on = (parentInterface: string): NetworkSpec => ({
  driver: 'macvlan',
  parentInterface,
  subnets: [{ subnet: '10.9.0.0/24', gateway: '10.9.0.1' }],
});

onEngines('on %s, of a parent that is not there', { idle: 0, plug, unplug }, (engine) => {
  test.each(['wire9', 'wire9.50', 'wire0.50.60'])('%s: the Engine does not make the network', async (parent) => {
    expect(missingParent(there, parent)).toBeDefined();
    await expect(pushed(engine, [on(parent)], [], () => Promise.resolve())).rejects.toThrow(/interface|vlan|link/i);
  });

  test('a VLAN of a NIC that is there: the Engine makes it, and deletes it together with the network', async () => {
    expect(missingParent(there, 'wire0.50')).toBeUndefined();
    await pushed(engine, [on('wire0.50')], [], async () => {
      expect(await engine.sh('ip -d -o link show wire0.50')).toContain('vlan protocol 802.1Q id 50 ');
    });
    expect(await engine.sh('ip -o link show')).not.toContain('wire0.50');
  });
});
