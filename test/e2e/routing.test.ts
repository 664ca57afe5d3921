import type { OperationResult } from '../../lab/engine/stack';
import { onHost } from '../../lab/lab';
import { oldestAndNewestEngine, routerHost } from './engines';
import { hostFacts, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Machines of two VLANs, each with the host under test as its gateway, in network namespaces of another host. */
const machines = [
  { vlanId: 131, gateway: '10.31.131.1', address: '10.31.131.2' },
  { vlanId: 132, gateway: '10.31.132.1', address: '10.31.132.2' },
];
const vlans = machines.map(({ vlanId, gateway }) => ({ vlanId, addresses: [`${gateway}/24`] }));

beforeAll(async () => {
  for (const { vlanId, gateway, address } of machines) {
    await sh(
      routerHost,
      `set -e; ip netns add m${vlanId}; ip link add link eth0 name vlan netns m${vlanId} type vlan id ${vlanId}
       ip -n m${vlanId} addr add ${address}/24 dev vlan; ip -n m${vlanId} link set vlan up
       ip -n m${vlanId} route add default via ${gateway}`,
    );
  }
});
afterAll(async () => {
  await forgetStacks();
  for (const { vlanId } of machines) await sh(routerHost, `ip netns del m${vlanId}`);
});

// The gateway may have been another host until now.
const reaches = async (address = '') =>
  (await onHost(routerHost, `ip -n m131 neigh flush all; ip netns exec m131 ping -c 2 -W 5 ${address}`)).code === 0;
const warnings = ({ diagnostics }: OperationResult) => diagnostics.filter((line) => line.includes('router between'));

// Docker makes the firewall of its hosts drop what they forward; the others have no netfilter in their kernel.
describe.each(oldestAndNewestEngine.map((one) => ({ ...one, routes: one.engine !== 26 })))(
  'on Engine $engine',
  ({ host, engine, routes }) => {
    test('a host with addresses on two VLANs is a router between them, which a preview warns of, or its firewall prevents', async () => {
      const before = await hostFacts(host);
      const [n] = hostConfigs(host);
      const one = vlans.slice(0, 1);
      const stack = await newStack('test/e2e/programs/routing.ts', `routing${engine}`, { host: n, vlans: one });
      expect(warnings(await succeeds(stack.preview()))).toEqual([]);

      const both = configured(stack, { host: n, vlans });
      expect(warnings(await succeeds(both.preview()))).toEqual(
        routes
          ? [
              expect.stringContaining(
                'VlanTrunk trunk: the host forwards IPv4 and has addresses on eth0.131, eth0.132: it is a router between these VLANs, unless a firewall holds that back',
              ),
            ]
          : [],
      );
      await succeeds(both.up());
      expect(await reaches(machines[0]?.gateway)).toBe(true);
      expect(await reaches(machines[1]?.address)).toBe(routes);

      // The second one alone, with what is there already.
      await succeeds(both.destroy());
      await sh(host, 'ip link add link eth0 name eth0.132 type vlan id 132 && ip addr add 10.31.132.1/24 dev eth0.132');
      expect(warnings(await succeeds(stack.preview()))).toHaveLength(routes ? 1 : 0);
      await sh(host, 'ip link del eth0.132');
      expect(await hostFacts(host)).toBe(before);
    });
  },
);
