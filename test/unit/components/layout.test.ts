import type { SeenHost } from '../../../src/components/hostLayout';
import { Layout } from '../../../src/components/layout';
import { parseAddress } from '../../../src/plan/ip/address';
import { nothingFound } from '../../nothingFound';
import { trunkLinks } from '../../../src/plan/layout/declaredLink';
import { planNetwork } from '../../../src/plan/network/network';

const network = (name: string, subnet: string) =>
  planNetwork({ driver: 'macvlan', name, subnets: [{ subnet, gateway: 'none' }], parentInterface: 'eth0' });

test('problems of a host are found anew only when something was added', () => {
  let changes = 0;
  const layout = new Layout(() => changes++);
  const host = layout.addHost('n1', '');
  const declare = (name: string) =>
    host.addNetwork({ name, namedParent: undefined, plan: network(name, '192.168.14.0/24') });
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
        namedParent: undefined,
        plan: network('lan', '192.168.14.0/24'),
      });
      host.addContainer({
        name: 'c',
        spec: () => ({ attachments: [] }),
      });
      host.addLinks()(
        [],
        [
          {
            component: 'trunks.t',
            link: 'eth0.50',
            address: { family: 4, value: 0xc0a80e01n, text: '192.168.14.1' },
            path: 'trunks.t',
          },
        ],
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
  host.addNetwork({ name: 'lan', namedParent: undefined, plan: lan });
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

describe('switched networks', () => {
  const on = (parentInterface: string, subnet = '10.0.50.0/24') =>
    planNetwork({ driver: 'macvlan', parentInterface, subnets: [{ subnet, gateway: 'none' }] });
  /** A host with a container of a fixed address on this interface. */
  const declareOn = (layout: Layout, name: string, parentInterface: string, address = '10.0.50.7') => {
    const host = layout.addHost(name, '');
    const plan = on(parentInterface);
    host.addNetwork({ name: 'lan', namedParent: undefined, plan });
    host.addContainer({ name: 'c', spec: () => ({ attachments: [{ network: plan, ipv4Address: address }] }) });
    return host;
  };
  const found = (vlans: Record<string, [string, number] | undefined>): SeenHost => ({
    parents: {
      ...nothingFound,
      vlans: new Map(
        Object.entries(vlans).map(([link, vlan]) => [
          link,
          vlan && { parentInterface: vlan[0], vlanId: vlan[1], protocol: '802.1Q' },
        ]),
      ),
    },
    networks: [],
  });
  const twice =
    'hosts.n2.containers.c.attachments[0].ipv4Address: must be given once on the VLAN, got 10.0.50.7 also at hosts.n1.containers.c.attachments[0].ipv4Address; ' +
    'if these hosts are on different switched networks, give them different values of site, or their parent interfaces of physicalNetwork';
  const problems = (layout: Layout) => layout.problems().map(({ path, message }) => `${path}: ${message}`);

  test('parents of one label are checked together, others not, whatever the host', () => {
    const [one, other] = [new Layout(() => undefined), new Layout(() => undefined)];
    for (const [layout, label] of [
      [one, 'lan'],
      [other, 'cable'],
    ] as const) {
      declareOn(layout, 'n1', 'eth0.50').isOnPhysicalNetwork('networks', 'lan', 'eth0.50', 'lan');
      declareOn(layout, 'n2', 'eth1.50').isOnPhysicalNetwork('trunks', 't', 'eth1', label);
    }
    expect(problems(one)).toEqual([twice]);
    expect(problems(other)).toEqual([]);
  });

  test('a label is that of the interface: each network and trunk on it has it', () => {
    const layout = new Layout(() => undefined);
    declareOn(layout, 'n1', 'eth0');
    const host = declareOn(layout, 'n2', 'eth1');
    expect(problems(layout)).toEqual([twice]);
    host.isOnPhysicalNetwork('trunks', 'machine', 'eth1', 'machine');
    expect(problems(layout)).toEqual([]);
    host.isOnPhysicalNetwork('networks', 'other', 'eth1.7', 'lan');
    expect(problems(layout)).toEqual([
      'hosts.n2.networks.other.physicalNetwork: must be "machine", as at hosts.n2.trunks.machine, because both are on eth1, got "lan"',
    ]);
  });

  test('a link by name is on the VLAN that preflight finds it to be', () => {
    const layout = new Layout(() => undefined);
    declareOn(layout, 'n1', 'eth0.20');
    const host = declareOn(layout, 'n2', 'vlan10');
    expect(problems(layout)).toEqual([]);
    host.sees(found({ eth1: undefined, vlan10: ['eth1', 20] }));
    expect(problems(layout)).toEqual([twice]);
    host.sees(found({ eth1: undefined, vlan10: ['eth1', 10] }));
    expect(problems(layout)).toEqual([]);
  });

  test('two interfaces of one host are told apart by their labels', () => {
    const layout = new Layout(() => undefined);
    const host = layout.addHost('n1', '');
    host.addLinks()(
      [],
      [
        {
          component: 'trunks.a',
          link: 'eth0.5',
          address: parseAddress('10.0.0.1')!,
          path: 'trunks.a.vlans[0].addresses[0]',
        },
      ],
    );
    host.addLinks()(
      [],
      [
        {
          component: 'trunks.b',
          link: 'eth1.5',
          address: parseAddress('10.0.0.1')!,
          path: 'trunks.b.vlans[0].addresses[0]',
        },
      ],
    );
    expect(problems(layout)).toEqual([
      expect.stringMatching(/^hosts\.n1\.trunks\.b.*must be given once, .*physicalNetwork$/),
    ]);
    host.isOnPhysicalNetwork('trunks', 'b', 'eth1', 'machine');
    expect(problems(layout)).toEqual([]);
  });

  test('a virtual machine that may drop their frames is said once for a host, while a macvlan network is not there yet', () => {
    const layout = new Layout(() => undefined);
    const host = declareOn(layout, 'n1', 'eth0');
    host.addNetwork({ name: 'more', namedParent: undefined, plan: { ...on('eth1', '10.1.0.0/24'), name: 'more' } });
    const machine = { vendor: 'VMware, Inc.', product: 'VMware20,1', assetTag: '', biosVersion: '' };
    const seen = (...names: (string | undefined)[]) => ({
      parents: { ...nothingFound, machine },
      networks: names.map((name) => ({ name: name! })),
    });
    expect(layout.warnings()).toEqual([]);
    host.sees(seen());
    expect(layout.warnings()).toEqual([
      { path: 'hosts.n1', message: expect.stringMatching(/virtual machine \(VMware\).*Forged transmits/) as string },
    ]);
    host.sees(seen('more', undefined));
    expect(layout.warnings()).toEqual([]);
  });
});
