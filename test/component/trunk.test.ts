import { declaredAs, noteOptions, orderOf, recordDeclarations, valueOf } from './declare';

recordDeclarations();

import * as pulumi from '@pulumi/pulumi';
import { ownerTag } from '../../src/host/linkOwner';
import { Host, HostShim, MacvlanNetwork, NetworkContainer, VlanInterface, VlanTrunk } from 'vlan-trunk';

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const host = new Host('n1', { address: '192.0.2.1', hostKey });

describe('a trunk', () => {
  const trunk = new VlanTrunk(
    'lan',
    {
      host,
      parentInterface: 'eth0',
      vlans: [
        { vlanId: 60, mtu: 1400 },
        {
          vlanId: 50,
          addresses: ['192.168.14.1/24'],
          routes: [{ destination: '192.168.15.0/24', gateway: '192.168.14.12' }],
        },
      ],
    },
    noteOptions,
  );

  test('is one command, whose input begins with what was declared', async () => {
    const { inputs } = await declaredAs('lan-links');
    expect(inputs.stdin).toBe(
      [
        'owner project+stack+lan',
        'parent eth0',
        'persist unit',
        'vlan eth0.50 50 802.1Q -',
        'address eth0.50 192.168.14.1/24',
        'route eth0.50 192.168.15.0/24 192.168.14.12 -',
        'sysctl eth0.50 ipv6 accept_ra 0',
        'vlan eth0.60 60 802.1Q 1400',
        'sysctl eth0.60 ipv6 accept_ra 0',
        '',
      ].join('\n'),
    );
    expect(inputs.create).toMatch(/vlan-trunk apply "\$SSH_CONNECTION" - \S+$/);
    // It takes nothing away, so it may be replaced at any time.
    expect(inputs.delete).toBeUndefined();
    expect(inputs.triggers).toEqual([expect.stringContaining('lan-removal-')]);
  });

  test('has one command that is replaced where a link leaves the list, and takes it away', async () => {
    const { inputs } = await declaredAs('lan-sweep');
    expect(inputs.create).toBeUndefined();
    expect(inputs.delete).toMatch(/vlan-trunk sweep "\$SSH_CONNECTION"$/);
    expect(inputs.stdin).toMatch(/^owner project\+stack\+lan\nnetworks [0-9a-f-]{36}\n$/);
    expect(inputs.triggers).toEqual([expect.stringContaining('lan-removal-'), 'none']);
    const { deletedWith, protect } = await orderOf('lan-sweep');
    expect(deletedWith).toMatch(/^lan-removal-/);
    // A protected trunk takes further VLANs.
    expect(protect).toBe(false);
  });

  test('has one removal, which names the owner alone and is replaced with the address', async () => {
    const removal = `lan-removal-${ownerTag({ project: 'project', stack: 'stack', kind: 'trunk', name: 'lan' })}`;
    const { inputs } = await declaredAs(removal);
    expect(inputs.create).toBeUndefined();
    expect(inputs.delete).toMatch(/vlan-trunk remove "\$SSH_CONNECTION"$/);
    expect(inputs.stdin).toMatch(/^owner project\+stack\+lan\nnetworks [0-9a-f-]{36}\n$/);
    expect(inputs.triggers).toEqual(['192.0.2.1']);
  });

  test('has an identity for each VLAN, in the state alone, which what is on the link stands on', async () => {
    expect(await declaredAs('lan.60')).toMatchObject({
      type: 'pulumi:index:Stash',
      inputs: { input: ['eth0', 'eth0.60', '802.1Q'] },
    });
    expect((await orderOf('lan-links')).dependsOn).toEqual(['lan.50', 'lan.60']);
  });

  test('returns its VLANs, and an error names them', () => {
    expect(trunk.vlan(50).interfaceName).toBe('eth0.50');
    expect(() => trunk.vlan(70)).toThrow('VlanTrunk lan has no VLAN 70, it has 50, 60');
  });

  test('carries a network, which carries a container', async () => {
    const network = new MacvlanNetwork(
      'macvlan50',
      {
        host,
        parentInterface: trunk.vlan(50),
        subnets: [{ subnet: '192.168.14.0/24', gateway: '192.168.14.254', ipRange: '192.168.14.64/26' }],
        labels: { site: 'north' },
      },
      noteOptions,
    );
    new NetworkContainer('b1', {
      image: 'busybox',
      attachments: [{ network, ipv4Address: '192.168.14.11', aliases: ['web'] }],
    });

    new NetworkContainer('unnamed', { image: 'busybox', name: undefined, attachments: [{ network }] });
    expect((await declaredAs('unnamed-container')).inputs.name).toBe('unnamed');

    const { inputs } = await declaredAs('macvlan50-network');
    expect(inputs).toEqual({
      name: 'macvlan50',
      driver: 'macvlan',
      options: { parent: 'eth0.50', macvlan_mode: 'bridge' },
      internal: false,
      ipv6: false,
      ipamConfigs: [{ subnet: '192.168.14.0/24', gateway: '192.168.14.254', ipRange: '192.168.14.64/26' }],
      labels: [
        { label: 'site', value: 'north' },
        { label: 'vlan-trunk.owner', value: await valueOf(host.owner) },
      ],
    });
    // Both: the links must be there before, and the link may go only after.
    expect((await orderOf('macvlan50-network')).dependsOn).toEqual(['lan-links', 'lan-sweep', 'lan.50']);

    const container = await declaredAs('b1-container');
    expect(container.inputs).toMatchObject({
      name: 'b1',
      image: 'busybox',
      networksAdvanced: [{ name: 'macvlan50', ipv4Address: '192.168.14.11', aliases: ['web'] }],
      labels: [{ label: 'vlan-trunk.owner', value: await valueOf(host.owner) }],
    });
    const { inputs: removal } = await declaredAs('n1-owner-containers');
    expect(removal.create).toBeUndefined();
    expect(removal).toMatchObject({ stdin: `${await valueOf(host.owner)}\n`, triggers: ['192.0.2.1'] });
  });
});

test('a VLAN interface is a trunk of one', async () => {
  const { vlan } = new VlanInterface('only', { host, parentInterface: 'eth1', vlanId: 7, interfaceName: 'plant' });
  expect(vlan.interfaceName).toBe('plant');
  const { inputs } = await declaredAs('only-links');
  expect(inputs.stdin).toMatch(/vlan plant 7 802.1Q -\nsysctl plant ipv6 accept_ra 0\n$/);
});

test('on a host without persistence nothing asks for it', async () => {
  const passing = new Host('passing', { address: '192.0.2.19', hostKey, persistence: 'none' });
  new VlanTrunk('plain', { host: passing, parentInterface: 'eth1', vlans: [{ vlanId: 7 }] });
  const { inputs } = await declaredAs('plain-links');
  expect(inputs.stdin).toMatch(/^owner .*\nparent eth1\nvlan eth1.7 /);
});

test('only another time than 60 seconds to confirm a change is in what the host reads', async () => {
  for (const confirmTimeout of [60, 90]) {
    const patient = new Host(`patient${confirmTimeout}`, { address: '192.0.2.18', hostKey, confirmTimeout });
    new VlanTrunk(`trunk${confirmTimeout}`, { host: patient, parentInterface: 'eth1', vlans: [{ vlanId: 7 }] });
  }
  expect((await declaredAs('trunk60-links')).inputs.stdin).not.toContain('confirm');
  expect((await declaredAs('trunk90-links')).inputs.stdin).toContain('\nconfirm 90\n');
});

test('two trunks of a host that is confirmed together with others come one after the other, and neither waits where nothing changes', async () => {
  const joint = new Host('joint', { address: '192.0.2.17', hostKey, rollBackTogether: true });
  for (const [name, parentInterface] of [
    ['first', 'eth1'],
    ['second', 'eth2'],
  ] as const)
    new VlanTrunk(name, { host: joint, parentInterface, vlans: [{ vlanId: 7, addresses: ['10.1.0.1/24'] }] });
  for (const name of ['first', 'second']) {
    expect((await declaredAs(`${name}-links`)).inputs.stdin).toContain('address eth');
    expect((await declaredAs(`${name}-sweep`)).inputs.triggers).toHaveLength(2);
  }
});

describe('the docker provider of a host', () => {
  test('has the pinned key and no file of known hosts', async () => {
    const { inputs } = await declaredAs('n1-docker');
    expect(inputs.host).toBe('ssh://192.0.2.1');
    const options = JSON.parse(String(inputs.sshOpts)) as string[];
    expect(options).toContain('StrictHostKeyChecking=yes');
    expect(options.find((option) => option.startsWith('KnownHostsCommand='))).toContain(`%H "${hostKey}"`);
    expect(options.find((option) => option.startsWith('ControlPath='))).toMatch(/^ControlPath=%d\//);
  });

  test('is secret where the address is', async () => {
    const hidden = new Host('hidden', { address: pulumi.secret('192.0.2.8'), hostKey });
    const secrets = [host, hidden].map(({ provider }) => pulumi.isSecret(pulumi.output(provider.host)));
    expect(await Promise.all(secrets)).toEqual([false, true]);
  });

  test('shares no connection with one that pins another key', async () => {
    new Host('other', { address: '192.0.2.1', acceptAnyHostKey: true });
    const paths = await Promise.all(
      ['n1-docker', 'other-docker'].map(async (name) => {
        const options = JSON.parse(String((await declaredAs(name)).inputs.sshOpts)) as string[];
        return options.find((option) => option.startsWith('ControlPath='));
      }),
    );
    expect(paths[0]).not.toBe(paths[1]);
  });
});

describe('bad arguments', () => {
  test('of a trunk are reported all at once, each with its path', () => {
    const bad = () =>
      new VlanTrunk('bad', {
        host,
        parentInterface: 'eth0',
        vlans: [{ vlanId: 50 }, { vlanId: 5000 }, { vlanId: 50, mtu: 12 }],
      });
    expect(bad).toThrow(/VlanTrunk "bad": \d problems/);
    expect(bad).toThrow('vlans[1].vlanId: must be an integer from 1 to 4094, got 5000');
    expect(bad).toThrow('vlans[2].mtu: must be an integer from 68 to 65535, got 12');
  });

  test('of a single VLAN have no list in their path', () => {
    expect(() => new VlanInterface('bad', { host, parentInterface: 'eth0', vlanId: 0 })).toThrow(
      '\n  vlanId: must be an integer from 1 to 4094, got 0',
    );
  });

  test('name a network on another host than its VLAN', () => {
    const other = new Host('n9', { address: '192.0.2.9', hostKey });
    const trunk = new VlanTrunk('far', { host: other, parentInterface: 'eth0', vlans: [{ vlanId: 50 }] });
    expect(
      () =>
        new MacvlanNetwork('bad', {
          host,
          parentInterface: trunk.vlan(50),
          subnets: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }],
        }),
    ).toThrow('parentInterface: VLAN 50 is on another host than the network');
  });

  test('name an address outside of the network', () => {
    const network = new MacvlanNetwork('lan-1', {
      host,
      parentInterface: 'eth0',
      subnets: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }],
    });
    expect(
      () => new NetworkContainer('bad', { image: 'busybox', attachments: [{ network, ipv4Address: '10.0.1.5' }] }),
    ).toThrow('attachments[0].ipv4Address: must be an address of 10.0.0.0/24, got "10.0.1.5"');
  });

  test('that decide the tree, or are no component, have their path', () => {
    const given = (more: object) => ({ host, parentInterface: 'eth0', vlans: [{ vlanId: 50 }], ...more });
    const trunk = (more: object) => () => new VlanTrunk('bad', given(more));
    expect(trunk({ vlans: pulumi.output([]) })).toThrow('vlans: must be a plain list');
    expect(trunk({ vlans: undefined })).toThrow(/vlans: must be .*list/);
    expect(trunk({ vlans: [{ vlanId: pulumi.output(50) }] })).toThrow('vlans[0].vlanId: must be a plain value');
    expect(() => new VlanTrunk('bad', undefined as never)).toThrow('args: must be an object, got nothing');
    expect(() => new VlanInterface('bad', { parentInterface: 'eth0', vlanId: 5 } as never)).toThrow(
      'VlanInterface "bad": 1 problem\n  host: must be a Host, got nothing',
    );
    expect(trunk({ host: undefined })).toThrow('host: must be a Host, got nothing');
    const network = (more: object) => () =>
      new MacvlanNetwork('bad', { host, subnets: [{ subnet: '10.0.0.0/24' }], ...more });
    expect(network({ parentInterface: pulumi.output('eth0') })).toThrow('parentInterface: must be a plain value');
    expect(network({ parentInterface: null })).toThrow('parentInterface: must be an interface name');
    expect(network({ subnets: undefined })).toThrow('subnets: must be a list, got nothing');
    expect(() => new HostShim('bad', { network: 'lan', addresses: ['10.0.0.9'] } as never)).toThrow(
      'network: must be a MacvlanNetwork or an IpvlanNetwork, got "lan"',
    );
    const container = (attachments: unknown) => () => new NetworkContainer('bad', { image: 'x', attachments } as never);
    expect(container(undefined)).toThrow('attachments: must hold at least one network, or networkOf must be given');
    expect(container(pulumi.output([]))).toThrow('attachments: must be a plain list');
    expect(container([null])).toThrow('attachments[0]: must be an object, got null');
    expect(container([{ network: 7 }])).toThrow('attachments[0].network: must be a network, got 7');
    expect(container([{ network: 'lan' }])).toThrow('host: must be given: no attachment is on a MacvlanNetwork');
    expect(() => new NetworkContainer('bad', { image: 'x', host: 'n1', attachments: [] } as never)).toThrow(
      'host: must be a Host, got "n1"',
    );
  });

  test('of a host name the missing key, not the ssh that fails later', () => {
    expect(() => new Host('bad', { address: '192.0.2.1' })).toThrow('hostKey: must be the public key of the host');
  });
});
