import * as pulumi from '@pulumi/pulumi';
import {
  type AttachmentArgs,
  Host,
  IpvlanNetwork,
  MacvlanNetwork,
  NetworkContainer,
  type NetworkReference,
  VlanTrunk,
} from 'vlan-trunk';
import { Program } from '../../src/components/program';
import { dockerReport } from '../../src/host/dockerReport';
import { askHost } from '../../src/host/probe';
import { readProbeFacts } from '../../src/host/probeFact';
import type { SshTarget } from '../../src/host/sshOption';
import { apiAnswer, ownedAnswers } from '../apiAnswer';
import { declaredAs, valueOf } from './declare';
import { recordHooks } from './engineWithHooks';

/** Networks of other stacks, by their reference and by their name, and who is on them. The host's answer is put in place of ssh. */
jest.mock('../../src/host/probe', () => ({
  askHost: jest.fn(),
  beginAsking: () => ({ isOpen: false, close: () => undefined }),
}));
const answer = jest.mocked(askHost);

const owner = '0b8c8a3e-6a49-4a25-9a4b-9a6e3a1f1d10';
jest.mock('node:crypto', () => ({ ...jest.requireActual<object>('node:crypto'), randomUUID: () => owner }));

const address = '192.0.2.1';
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const reference: NetworkReference = {
  ...{ host: address, id: 'abc', name: 'dmz', driver: 'macvlan', mode: 'bridge', internal: false },
  ...{ parentInterface: 'eth0.50', vlans: [{ parentInterface: 'eth0', vlanId: 50, protocol: '802.1Q' }] },
  subnets: [{ subnet: '10.0.50.0/24', gateway: '10.0.50.1', ipRange: '10.0.50.128/25' }],
  taken: [{ address: '10.0.50.7', container: 'proxy' }],
};
/** The same network as an Engine lists it. */
const dmz = (more: object = {}) => ({
  ...{ Id: 'abc', Name: 'dmz', Driver: 'macvlan', Scope: 'local', Labels: { 'vlan-trunk.owner': 'another' } },
  Options: { parent: 'eth0.50', macvlan_mode: 'bridge' },
  IPAM: {
    Driver: 'default',
    Config: [{ Subnet: '10.0.50.0/24', Gateway: '10.0.50.1', IPRange: '10.0.50.128/25' }],
  },
  ...more,
});
const onDmz = (name: string, ip: string, label = 'another') => ({
  ...{ Names: [`/${name}`], Image: 'busybox', Labels: { 'vlan-trunk.owner': label } },
  NetworkSettings: { Networks: { dmz: { IPAddress: ip } } },
});

/** What the host has; `undefined` where it does not answer. */
function hostHas(networks: object[] | undefined, containers: object[] = []): void {
  const target = { address } as SshTarget;
  const lines = [
    ...['link eth0', 'link eth0.50 eth0', 'link eth0.60 eth0'],
    ...apiAnswer({ ServerVersion: '28.5.2' }),
    ...apiAnswer(networks ?? []),
    ...apiAnswer(containers),
    ...ownedAnswers(),
    'end',
  ];
  const facts = readProbeFacts(lines.map((line) => `vlan-trunk-probe ${line}\n`).join('')) ?? [];
  const seen = { kind: 'seen' as const, value: { report: dockerReport(target, facts), links: [] } };
  answer.mockResolvedValue(networks === undefined ? { kind: 'unreachable', reason: 'no answer' } : seen);
}

let host: Host;
beforeEach(() => {
  recordHooks();
  jest.spyOn(pulumi.log, 'warn').mockResolvedValue(undefined);
  hostHas([dmz()]);
  host = new Host('n1', { address, hostKey });
});
// The engine of the next test knows nothing of what this one has still to register. What is refused never does.
afterEach(() => new Promise((resolve) => setTimeout(resolve, 200)));

/** All problems of the program; empty where it passes. */
async function problems(): Promise<string[]> {
  const { gate } = Program.current();
  // What registers itself later is checked then.
  await valueOf(host.owner);
  try {
    await gate.pass([], { label: 'Host n1', isUpdate: false });
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}

let count = 0;
function attach(network: unknown, more: Omit<AttachmentArgs, 'network'> = {}): string {
  const name = `c${(count += 1)}`;
  new NetworkContainer(name, { host, image: 'busybox', attachments: [{ network: network as string, ...more }] });
  return name;
}
const late = (value: unknown) => pulumi.output(Promise.resolve(value));

test.each<[string, unknown]>([
  ['an output', late(reference)],
  ['a plain value', reference],
  ['its name', 'dmz'],
])('a container is attached to a network of another stack by %s', async (_, network) => {
  const name = attach(network, { ipv4Address: '10.0.50.9' });
  expect(await problems()).toEqual([]);
  const { inputs } = await declaredAs(`${name}-container`);
  expect(inputs.networksAdvanced).toMatchObject([{ name: 'dmz', ipv4Address: '10.0.50.9' }]);
});

describe('it is checked as if it were here', () => {
  test('also while the host does not answer', async () => {
    hostHas(undefined);
    const [outside, gateway, taken, twice, again] = [
      '10.0.60.9',
      '10.0.50.1',
      '10.0.50.7',
      '10.0.50.9',
      '10.0.50.9',
    ].map((ipv4Address) => attach(late(reference), { ipv4Address }));
    const path = 'attachments[0].ipv4Address';
    expect(await problems()).toEqual(
      expect.arrayContaining([
        `NetworkContainer ${outside}: ${path}: must be an address of 10.0.50.0/24, got "10.0.60.9"`,
        `NetworkContainer ${gateway}: ${path}: must not be the gateway of 10.0.50.0/24, got "10.0.50.1"`,
        `hosts.n1.containers.${taken}.${path}: must not be that of the container proxy, which the stack of network dmz declares, got "10.0.50.7"`,
        `hosts.n1.containers.${again}.${path}: must be given once, got 10.0.50.9 also at hosts.n1.containers.${twice}.${path}`,
      ]),
    );
  });

  test('beside the networks of the program', async () => {
    hostHas(undefined);
    attach(late(reference));
    new IpvlanNetwork('own', {
      host,
      parentInterface: 'eth0.50',
      subnets: [{ subnet: '10.0.51.0/24', gateway: 'none' }],
    });
    expect(await problems()).toEqual([
      'hosts.n1.networks.dmz.parentInterface: must be another interface than that of hosts.n1.networks.own: macvlan and ipvlan cannot share one, got "eth0.50"',
    ]);
  });

  test('on the VLAN with other hosts', async () => {
    hostHas(undefined);
    attach(late(reference));
    const other = new Host('n2', { address: '192.0.2.2', hostKey });
    const subnets = [{ subnet: '10.0.50.0/24', gateway: '10.0.50.1' }];
    const lan = new MacvlanNetwork('lan', { host: other, parentInterface: 'eth0.50', subnets });
    new NetworkContainer('far', { image: 'busybox', attachments: [{ network: lan }] });
    expect(await problems()).toEqual([expect.stringContaining('must be apart from 10.0.50.')]);
  });

  test('on the VLAN that its stack tells, whatever the interface is called, and on the switched network', async () => {
    hostHas(undefined);
    const other = new Host('n2', { address: '192.0.2.2', hostKey });
    const subnets = [{ subnet: '10.0.50.0/24', gateway: '10.0.50.1' }];
    const lan = new MacvlanNetwork('lan', { host: other, parentInterface: 'eth0.50', subnets });
    new NetworkContainer('far', { image: 'busybox', attachments: [{ network: lan }] });
    attach(late({ ...reference, parentInterface: 'dmz0' }));
    expect(await problems()).toEqual([expect.stringContaining('must be apart from 10.0.50.')]);
  });

  test('not beside those of another switched network', async () => {
    hostHas(undefined);
    const other = new Host('n2', { address: '192.0.2.2', hostKey });
    const subnets = [{ subnet: '10.0.50.0/24', gateway: '10.0.50.1' }];
    const lan = new MacvlanNetwork('lan', { host: other, parentInterface: 'eth0.50', subnets });
    new NetworkContainer('far', { image: 'busybox', attachments: [{ network: lan }] });
    attach(late({ ...reference, physicalNetwork: 'plant' }));
    expect(await problems()).toEqual([]);
  });
});

test('a reference tells the VLAN of its interface and the switched network that its stack names', async () => {
  const trunk = new VlanTrunk('trunk', {
    ...{ host, parentInterface: 'eth1', physicalNetwork: 'plant' },
    vlans: [{ vlanId: 50, interfaceName: 'dmz0' }],
  });
  const network = new MacvlanNetwork('dmz', { parentInterface: trunk.vlan(50), subnets: [] });
  expect(await valueOf(network.reference)).toMatchObject({
    parentInterface: 'dmz0',
    vlans: [{ parentInterface: 'eth1', vlanId: 50, protocol: '802.1Q' }],
    physicalNetwork: 'plant',
  });
});

test.each<[string, object[], unknown, string]>([
  ['that is not on the host', [dmz({ Name: 'lan' })], reference, 'must be on the host, which has lan, got "dmz"'],
  [
    'of another host, which has one of that name',
    [dmz()],
    { ...reference, host: '192.0.2.9', id: 'def' },
    'must be on the host of the container, whose network of that name is another one than that on 192.0.2.9, got "dmz"',
  ],
])('a network %s is refused', async (_, networks, network, message) => {
  hostHas(networks);
  const name = attach(late(network));
  expect(await problems()).toEqual([`NetworkContainer ${name}: attachments[0].network: ${message}`]);
});

test('a host that has two addresses has one network, and one made anew is the one that the host has', async () => {
  attach(late({ ...reference, host: 'n1.example.org' }));
  expect(await problems()).toEqual([]);
  hostHas([dmz({ Id: 'new', IPAM: { Driver: 'default', Config: [{ Subnet: '10.0.70.0/24' }] } })]);
  host = new Host('n3', { address, hostKey, site: 'other' });
  const name = attach(late(reference), { ipv4Address: '10.0.50.9' });
  expect(await problems()).toContain(
    `NetworkContainer ${name}: attachments[0].ipv4Address: must be an address of 10.0.70.0/24, got "10.0.50.9"`,
  );
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'must be a network, got nothing'],
  ['a number', 5, 'must be a network, got 5'],
  ['another object', { name: 'dmz' }, 'must be a network, got an object'],
])('an output that holds %s is refused', async (_, value, message) => {
  const name = attach(late(value));
  expect(await problems()).toEqual([`NetworkContainer ${name}: attachments[0].network: ${message}`]);
});

test('a reference with a part that is wrong names it', async () => {
  const name = attach(late({ ...reference, id: 5, driver: 'bridge' }));
  const path = `NetworkContainer ${name}: attachments[0].network`;
  expect(await problems()).toEqual([
    `${path}.driver: must be one of macvlan, ipvlan, got "bridge"`,
    `${path}.id: must be a string, got 5`,
  ]);
});

describe('who is on it', () => {
  const path = 'attachments[0].ipv4Address';

  test.each<[string, unknown]>([
    ['by reference', late(reference)],
    ['by name', 'dmz'],
  ])('is read from the host: %s', async (_, network) => {
    hostHas([dmz()], [onDmz('plc', '10.0.50.9')]);
    const name = attach(network, { ipv4Address: '10.0.50.9' });
    expect(await problems()).toEqual([
      `hosts.n1.containers.${name}.${path}: must not be that of the container plc (busybox), which is on the host and not of this stack, got "10.0.50.9"`,
    ]);
  });

  test('on a network of the program too, but a container of this stack has its own address', async () => {
    const own = { Labels: { 'vlan-trunk.owner': owner } };
    hostHas([dmz(own)], [onDmz('plc', '10.0.50.9'), onDmz('web', '10.0.50.8', owner)]);
    const subnets = [{ subnet: '10.0.50.0/24', gateway: '10.0.50.1', ipRange: '10.0.50.128/25' }];
    const network = new MacvlanNetwork('dmz', { host, parentInterface: 'eth0.50', subnets });
    const name = attach(network, { ipv4Address: '10.0.50.9' });
    attach(network, { ipv4Address: '10.0.50.8' });
    expect(await problems()).toEqual([
      `hosts.n1.containers.${name}.${path}: must not be that of the container plc (busybox), which is on the host and not of this stack, got "10.0.50.9"`,
    ]);
  });

  test('leaves no room', async () => {
    const small = { IPAM: { Driver: 'default', Config: [{ Subnet: '10.0.50.0/30', Gateway: '10.0.50.1' }] } };
    hostHas([dmz(small)], [onDmz('plc', '10.0.50.2')]);
    attach('dmz');
    expect(await problems()).toEqual([
      'hosts.n1.networks.dmz.subnets: must have an IPv4 address for each of 1 containers without a fixed one, got 0 to hand out beside those of plc',
    ]);
  });
});

describe('the reference of a network', () => {
  const subnets = [{ subnet: '10.0.50.0/24', gateway: '10.0.50.1', ipRange: '10.0.50.128/25' }];

  test('holds the fixed addresses of its containers, and is what another stack takes', async () => {
    hostHas([]);
    const network = new MacvlanNetwork('dmz', { host, parentInterface: 'eth0.50', subnets });
    attach(network, { ipv4Address: late('10.0.50.7') });
    expect(await valueOf(network.reference)).toEqual({
      ...reference,
      id: 'dmz-network-id',
      taken: [{ address: '10.0.50.7', container: `c${count}` }],
    });
  });

  test('is the network itself in its own program; one that is no longer recognized is refused', async () => {
    hostHas([]);
    const network = new MacvlanNetwork('dmz', { host, parentInterface: 'eth0.50', subnets });
    attach(network.reference, { ipv4Address: '10.0.50.7' });
    expect(await problems()).toEqual([]);
    const name = attach(network.reference.apply((one) => one));
    await valueOf(network.reference);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await problems()).toContain(
      `hosts.n1.containers.${name}.attachments[0].network: must be the network dmz itself, which this program makes, and not its name, got "dmz"`,
    );
  });
});
