import { Layout } from '../../../src/components/layout';
import { trunkLinks } from '../../../src/plan/layout/declaredLink';
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
      host.addLinks()(
        [],
        [{ vlan: '802.1Q 50', address: { family: 4, value: 0xc0a80e01n, text: '192.168.14.1' }, path: 'trunks.t' }],
      );
    });
    return layout.problems().filter(({ message }) => message.includes('must be given once'));
  };
  expect(clashes('', '')).toHaveLength(1);
  expect(clashes('north', 'south')).toEqual([]);
});

test('what a component declares reaches the checks across components', () => {
  const layout = new Layout(() => undefined);
  layout.addTarget('n1')({ address: '192.0.2.1' });
  layout.addTarget('n2')({ address: '192.0.2.1' });
  const host = layout.addHost('n1', '');
  const lan = planNetwork({
    driver: 'macvlan',
    parentInterface: 'eth0.50',
    subnets: [{ subnet: '10.0.50.0/24', gateway: '10.0.50.1' }],
  });
  host.addNetwork({ name: 'lan', vlan: '802.1Q 50', namedParent: undefined, plan: lan });
  for (const name of ['a', 'b']) {
    const attachments = [{ network: lan, ipv4Address: name === 'a' ? '10.0.50.10' : '10.0.50.11' }];
    host.addContainer({ name, spec: () => ({ name: 'web', attachments }) });
  }
  const trunk = (mtu: number) => ({
    parentInterface: 'eth0',
    vlans: [{ vlanId: 50, mtu, addresses: ['10.0.50.1/24'] }],
  });
  host.addLinks()(trunkLinks('one', trunk(1400)), []);
  host.addLinks()(trunkLinks('two', trunk(1500)), []);
  expect(host.fixedAddresses(lan)).toEqual(['10.0.50.10', '10.0.50.11']);
  host.addShimRoutes()([
    { path: 'shims.own', network: lan, addresses: ['10.0.50.2/32'], destinations: ['10.0.50.10/32'] },
  ]);
  expect(layout.problems().map(({ path }) => path)).toEqual([
    'hosts.n2.address',
    'hosts.n1.containers.b.name',
    'hosts.n1.trunks.two.vlans[0].mtu',
    'hosts.n1.networks.lan.subnets[0].gateway',
  ]);
  expect(layout.warnings().map(({ path }) => path)).toEqual(['hosts.n1.shims.own.routes']);
});
