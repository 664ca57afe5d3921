import { declaredAs, noteOptions, orderOf, recordDeclarations, valueOf } from './declare';

recordDeclarations();

import * as pulumi from '@pulumi/pulumi';
import { ownerTag } from '../../src/host/linkOwner';
import {
  Host,
  HostShim,
  IpvlanNetwork,
  MacvlanNetwork,
  NetworkContainer,
  type Routing,
  VlanInterface,
  VlanTrunk,
} from 'vlan-trunk';

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const host = new Host('n1', { address: '192.0.2.1', hostKey });
const trunk = new VlanTrunk('lan', { host, parentInterface: 'eth0', vlans: [{ vlanId: 50 }, { vlanId: 60 }] });

const subnet = { subnet: '192.168.50.0/24', gateway: '192.168.50.1', ipRange: '192.168.50.64/26' };
const reserved = { ...subnet, auxiliaryAddresses: { shim: '192.168.50.250' } };

const specOf = async (name: string): Promise<string> => String((await declaredAs(name)).inputs.stdin);

describe('a shim beside a network', () => {
  const network = new MacvlanNetwork('m50', { host, parentInterface: trunk.vlan(50), subnets: [reserved] });
  const shim = new HostShim('own', { network, addresses: ['192.168.50.250'] }, noteOptions);

  test('is one command, made after the network and gone before it', async () => {
    expect(await specOf('own-link')).toBe(
      [
        'owner project+stack+shim+own',
        'parent eth0.50 declared',
        'persist unit',
        'shim eth0.50-shim macvlan bridge',
        'address eth0.50-shim 192.168.50.250/32',
        'route eth0.50-shim 192.168.50.64/26 - 192.168.50.250',
        'sysctl eth0.50-shim ipv4 arp_ignore 1',
        'sysctl eth0.50-shim ipv4 arp_announce 2',
        'sysctl eth0.50-shim ipv4 rp_filter 2',
        'sysctl eth0.50-shim ipv6 accept_ra 0',
        '',
      ].join('\n'),
    );
    const { inputs } = await declaredAs('own-link');
    expect(inputs.create).toMatch(/vlan-trunk apply "\$SSH_CONNECTION" - \S+$/);
    // Whatever a link cannot change replaces its removal, so it goes before it is made anew.
    const removal = `own-removal-${ownerTag({ project: 'project', stack: 'stack', kind: 'shim', name: 'own' })}`;
    expect((await declaredAs(removal)).inputs).toMatchObject({
      delete: expect.stringMatching(/vlan-trunk remove "\$SSH_CONNECTION"$/) as string,
      triggers: ['192.0.2.1', 'eth0.50-shim', 'eth0.50', 'macvlan bridge'],
    });
    expect((await orderOf('own-link')).dependsOn).toEqual(['m50-network']);
  });

  test('outputs the name of its link, and the addresses by which containers reach the host', async () => {
    expect(shim.interfaceName).toBe('eth0.50-shim');
    expect(await valueOf(shim.addresses)).toEqual(['192.168.50.250']);
  });
});

test('the routes of a shim cover containers with a fixed address outside of the range, declared after it', async () => {
  const network = new MacvlanNetwork('m80', {
    host,
    parentInterface: 'eth8',
    subnets: [subnet],
    shim: { addresses: ['192.168.50.250'] },
  });
  new HostShim('own80', { network, addresses: ['192.168.50.250'], routes: ['192.168.50.70'], interfaceName: 'own80' });
  for (const [index, ipv4Address] of ['192.168.50.10', '192.168.50.71', undefined].entries())
    new NetworkContainer(`c80-${index}`, { image: 'busybox', attachments: [{ network, ipv4Address }] });
  const routes = (spec: string) => spec.split('\n').filter((line) => line.startsWith('route'));
  expect(routes(await specOf('m80-shim-link'))).toEqual([
    'route eth8-shim 192.168.50.64/26 - 192.168.50.250',
    'route eth8-shim 192.168.50.10/32 - 192.168.50.250',
  ]);
  expect(routes(await specOf('own80-link'))).toEqual(['route own80 192.168.50.70/32 - 192.168.50.250']);
});

describe('a shim declared together with its network', () => {
  test('has its address held back from Docker, beside the names that are there', async () => {
    new IpvlanNetwork('i60', {
      host,
      parentInterface: trunk.vlan(60),
      subnets: [
        { ...subnet, auxiliaryAddresses: { shim: '192.168.50.9' } },
        { subnet: '10.0.0.0/24', gateway: 'none' },
      ],
      shim: { addresses: ['192.168.50.250', '192.168.50.251'], routes: ['192.168.50.70'], interfaceName: 'own60' },
    });
    const { inputs } = await declaredAs('i60-network');
    const configs = inputs.ipamConfigs as { auxAddress?: object }[];
    expect(configs.map(({ auxAddress }) => auxAddress)).toEqual([
      { shim: '192.168.50.9', 'shim-2': '192.168.50.250', 'shim-3': '192.168.50.251' },
      undefined,
    ]);
    expect(await specOf('i60-shim-link')).toContain(
      'shim own60 ipvlan l2/bridge\naddress own60 192.168.50.250/32\naddress own60 192.168.50.251/32\n' +
        'route own60 192.168.50.70/32 - 192.168.50.250\n',
    );
  });

  test('and so it is when the address becomes known late', async () => {
    new MacvlanNetwork('late', {
      host,
      parentInterface: 'eth1',
      subnets: [subnet],
      shim: { addresses: [pulumi.output(Promise.resolve('192.168.50.250'))] },
    });
    expect((await declaredAs('late-network')).inputs.ipamConfigs).toMatchObject([
      { auxAddress: { shim: '192.168.50.250' } },
    ]);
    expect(await specOf('late-shim-link')).toContain('parent eth1\npersist unit\nshim eth1-shim macvlan bridge\n');
  });

  test('on a VLAN that Docker makes, does not require the VLAN beforehand', async () => {
    new MacvlanNetwork('own-vlan', {
      host,
      parentInterface: 'eth2.7',
      subnets: [subnet],
      shim: { addresses: ['192.168.50.250'] },
    });
    expect(await specOf('own-vlan-shim-link')).toContain('parent eth2.7 declared\n');
  });
});

describe('the gateway on a shim', () => {
  const gateway = { subnet: '192.168.51.0/24', gateway: '192.168.51.1' };

  test('is no auxiliary address of Docker, and leads to its subnet', async () => {
    const routed = new VlanTrunk('routed', {
      host,
      parentInterface: 'eth5',
      vlans: [{ vlanId: 51 }],
      routing: 'between',
    });
    new MacvlanNetwork('m51', {
      parentInterface: routed.vlan(51),
      subnets: [gateway, { subnet: '2001:db8:51::/64', gateway: '2001:db8:51::1' }],
      shim: { addresses: ['192.168.51.1', '2001:db8:51::1'] },
    });
    const { inputs } = await declaredAs('m51-network');
    expect(inputs.ipamConfigs).toEqual([
      { subnet: '192.168.51.0/24', gateway: '192.168.51.1' },
      { subnet: '2001:db8:51::/64', gateway: '2001:db8:51::1' },
    ]);
    // The VLAN's routing is its shim's, in the trunk's group, and forwarding is switched on for it.
    expect(await specOf('m51-shim-link')).toBe(
      [
        'owner project+stack+shim+m51-shim',
        'parent eth5.51 declared',
        'persist unit',
        'routing between project+stack+routed',
        'shim eth5.51-shim macvlan bridge',
        'address eth5.51-shim 192.168.51.1/24',
        'address eth5.51-shim 2001:db8:51::1/64',
        'sysctl eth5.51-shim ipv4 arp_ignore 1',
        'sysctl eth5.51-shim ipv4 arp_announce 2',
        'sysctl eth5.51-shim ipv4 rp_filter 2',
        'sysctl eth5.51-shim ipv6 accept_ra 0',
        'sysctl eth5.51-shim ipv4 forwarding 1',
        'sysctl eth5.51-shim ipv6 forwarding 1',
        'sysctl eth5.51-shim ipv6 force_forwarding 1',
        '',
      ].join('\n'),
    );
  });

  test('of VLANs that are declared one by one is in their group with between, and apart with isolated', async () => {
    const routingLines = async (vlanId: number, routing: Routing) => {
      const name = `v${vlanId}`;
      const { vlan } = new VlanInterface(name, { host, parentInterface: 'eth6', vlanId, routing });
      new MacvlanNetwork(`on-${name}`, {
        parentInterface: vlan,
        subnets: [{ subnet: `192.168.${vlanId}.0/24`, gateway: `192.168.${vlanId}.1` }],
        shim: { addresses: [`192.168.${vlanId}.1`] },
      });
      const specs = await Promise.all([`${name}-links`, `on-${name}-shim-link`].map(specOf));
      return specs.map((spec) => /^routing .*$/m.exec(spec)?.[0]);
    };
    expect(await routingLines(71, 'between')).toEqual(Array(2).fill('routing between project+stack+vlans+n1'));
    expect(await routingLines(72, 'isolated')).toEqual(['routing isolated', 'routing isolated project+stack+v72']);
    expect(await routingLines(73, 'unmanaged')).toEqual([undefined, undefined]);
  });
});

describe('bad arguments', () => {
  test('of a shim are reported all at once', () => {
    const network = new MacvlanNetwork('m1', { host, parentInterface: 'eth3', subnets: [subnet] });
    const bad = () =>
      new HostShim('bad', { network, addresses: ['192.168.50.250'], routes: [], interfaceName: 'a name' });
    expect(bad).toThrow('HostShim "bad": 2 problems');
    expect(bad).toThrow("(did you mean auxiliaryAddresses: { shim: '192.168.50.250' }?)");
  });

  test('of one declared together with its network have its path', () => {
    const bad = (more: object, shim: object) =>
      new MacvlanNetwork('bad', {
        host,
        parentInterface: 'eth4',
        subnets: [subnet],
        ...more,
        shim: { addresses: ['192.168.50.250'], ...shim },
      });
    expect(() => bad({ mode: 'private' }, {})).toThrow(
      'shim: must be in another mode than private, where containers reach no other link',
    );
    expect(() => bad({}, { addresses: ['10.0.0.1'] })).toThrow(
      'shim.addresses[0]: must be an address of 192.168.50.0/24, got "10.0.0.1"',
    );
  });
});
