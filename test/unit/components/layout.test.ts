import { Layout } from '../../../src/components/layout';
import { planNetwork } from '../../../src/plan/network/network';

const network = (name: string, subnet: string) =>
  planNetwork({ driver: 'macvlan', name, subnets: [{ subnet, gateway: 'none' }], parentInterface: 'eth0' });

test('problems of a host are found anew only when something was added', () => {
  let changes = 0;
  const layout = new Layout(() => changes++);
  const host = layout.addHost('n1', '');
  const declare = (name: string) =>
    host.addNetwork({ name, vlan: 'untagged', namedParent: undefined, plan: network(name, '192.168.14.0/24') });
  declare('a');
  expect(layout.problems()).toEqual([]);
  const findings = host.findings();
  expect(host.findings()).toBe(findings);
  declare('b');
  expect(changes).toBe(2);
  expect(host.findings()).not.toBe(findings);
  expect(layout.problems().map(({ path }) => path)).toContain('hosts.n1.networks.b.subnets[0].subnet');
});

test('hosts of one site are checked together, those of two are not', () => {
  const clashes = (...sites: string[]) => {
    const layout = new Layout(() => undefined);
    sites.forEach((site, index) => {
      const host = layout.addHost(`n${index}`, site);
      host.addNetwork({
        name: `lan${index}`,
        vlan: '802.1Q 50',
        namedParent: undefined,
        plan: network('lan', '192.168.14.0/24'),
      });
      host.addContainer({
        name: 'c',
        spec: () => ({ attachments: [] }),
      });
      host.addOwnAddresses()([
        { vlan: '802.1Q 50', address: { family: 4, value: 0xc0a80e01n, text: '192.168.14.1' }, path: 'trunks.t' },
      ]);
    });
    return layout.problems().filter(({ message }) => message.includes('must be given once'));
  };
  expect(clashes('', '')).toHaveLength(1);
  expect(clashes('north', 'south')).toEqual([]);
});
