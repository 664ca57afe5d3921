import { containerDrift, type WantedContainer } from '../../../src/host/containerDrift';
import { driftSentence } from '../../../src/host/drift';
import { readOwnedContainer } from '../../../src/host/ownedContainer';
import { inspectedContainer } from '../../apiAnswer';

const lan = { network: 'lan', addresses: ['10.0.0.7', '2001:db8::7'], aliases: ['web'], gatewayPriority: 1 };
const wan = { network: 'wan', addresses: [], aliases: [], gatewayPriority: undefined, driverOptions: [] };
const sysctls = 'com.docker.network.endpoint.sysctls=net.ipv6.conf.IFNAME.accept_ra=0';
const wanted: WantedContainer = {
  name: 'c1',
  mustRun: true,
  mayEnd: false,
  attachments: [{ ...lan, driverOptions: [sysctls] }, wan],
};
const ids = new Map([
  ['lan', 'id-lan'],
  ['wan', 'id-wan'],
]);

const onLan = {
  NetworkID: 'id-lan',
  IPAddress: '10.0.0.7',
  GlobalIPv6Address: '2001:db8::7',
  Aliases: ['web'],
  DNSNames: ['c1', 'web'],
  DriverOpts: {
    'com.docker.network.endpoint.sysctls': 'net.ipv6.conf.IFNAME.accept_ra=0,net.ipv4.conf.IFNAME.rp_filter=0',
  },
  IPAMConfig: { IPv4Address: '10.0.0.7', IPv6Address: '2001:db8::7' },
};
const onWan = { NetworkID: 'id-wan', IPAddress: '10.1.0.9', Aliases: null, DriverOpts: null, IPAMConfig: {} };

const container = (networks: object = { lan: onLan, wan: onWan }, status = 'running') =>
  readOwnedContainer(inspectedContainer('c1', 'id-1', '20261126T101500Z', status, networks));
const compared = (networks?: object, status?: string, want = wanted) => {
  const { drift, repair } = containerDrift(want, container(networks, status), ids);
  const steps = repair.map((step) => (step.do === 'connect' ? `connect ${step.attachment.network}` : step.do));
  return { says: drift.map(driftSentence), steps };
};

test('a container that is as it was asked for', () => {
  expect(compared()).toEqual({ says: [], steps: [] });
  expect(container()).toMatchObject({ name: 'c1', owner: 'id-1', revision: '20261126T101500Z', status: 'running' });
});

test('another MAC address than it was given, where it has one', () => {
  const macAddress = '02:00:5e:10:00:01';
  const want = { ...wanted, attachments: [{ ...lan, driverOptions: [sysctls], macAddress }, wan] };
  const found = (MacAddress: string) => compared({ lan: { ...onLan, MacAddress }, wan: onWan }, 'running', want);
  for (const mac of [macAddress, '']) expect(found(mac)).toEqual({ says: [], steps: [] });
  expect(found('0a:00:00:00:00:01')).toEqual({
    says: [`container c1 has MAC 0a:00:00:00:00:01, declared is ${macAddress} on lan`],
    steps: ['connect lan'],
  });
});

test('another network, another name and another option are the business of those who made them', () => {
  const more = { ...onWan, Aliases: ['x'], DriverOpts: { a: 'b' } };
  expect(compared({ lan: onLan, wan: more, bridge: { NetworkID: 'id-bridge' } })).toEqual({ says: [], steps: [] });
});

test('one that is missing is mended only by a new one', () => {
  expect(containerDrift(wanted, undefined, ids)).toEqual({
    drift: [{ subject: 'container c1', kind: 'container', expected: 'container', found: 'missing' }],
    repair: [],
  });
});

test.each<[string, object, string[], string[]]>([
  ['disconnected', { lan: onLan }, ['container c1 has no interface on wan'], ['connect wan']],
  [
    'on a network that is gone',
    { lan: onLan, wan: { ...onWan, NetworkID: 'old' } },
    ['container c1 has no interface on wan'],
    ['connect wan'],
  ],
  [
    'another IPv4 address',
    { lan: { ...onLan, IPAddress: '10.0.0.8' }, wan: onWan },
    ['container c1 has lost the address 10.0.0.7 on lan'],
    ['connect lan'],
  ],
  [
    'another IPv6 address',
    { lan: { ...onLan, GlobalIPv6Address: '2001:db8::8' }, wan: onWan },
    ['container c1 has lost the address 2001:db8::7 on lan'],
    ['connect lan'],
  ],
  [
    'without a name',
    { lan: { ...onLan, Aliases: null, DNSNames: ['c1'] }, wan: onWan },
    ['container c1 has lost the name web on lan'],
    ['connect lan'],
  ],
  [
    'without an option',
    { lan: { ...onLan, DriverOpts: null }, wan: onWan },
    [`container c1 has lost the option ${sysctls} on lan`],
    ['connect lan'],
  ],
])('%s', (_, networks, says, steps) => expect(compared(networks)).toEqual({ says, steps }));

test.each([
  ['exited', ['container c1 is exited'], ['start']],
  ['created', ['container c1 is created'], ['start']],
  ['dead', ['container c1 is dead'], ['start']],
  ['paused', ['container c1 is paused'], ['unpause']],
  // Docker is at it.
  ['restarting', [], []],
  ['removing', [], []],
])('%s', (status, says, steps) => expect(compared(undefined, status)).toEqual({ says, steps }));

test('one that need not run may be still', () => {
  expect(compared(undefined, 'exited', { ...wanted, mustRun: false })).toEqual({ says: [], steps: [] });
});

test('one that does not run has the addresses that it was given, and is connected before it is started', () => {
  const still = {
    ...onLan,
    IPAddress: '',
    GlobalIPv6Address: '',
    IPAMConfig: { IPv4Address: '10.0.0.7', IPv6Address: '2001:db8::8' },
  };
  expect(compared({ lan: still, wan: { ...onWan, IPAddress: '' } }, 'exited')).toEqual({
    says: ['container c1 has lost the address 2001:db8::7 on lan', 'container c1 is exited'],
    steps: ['connect lan', 'start'],
  });
});

test.each([undefined, null, '', [], {}, inspectedContainer('c1', '', '', 'running', {}), { Name: '/c1' }])(
  '%j is no container with an owner',
  (inspected) => expect(readOwnedContainer(inspected)).toBeUndefined(),
);

describe('a container in the namespace of another one', () => {
  const inside: WantedContainer = { ...wanted, name: 'c2', attachments: [], networkOf: 'c1' };
  const at = (name: string, status: string, startedAt: string) =>
    readOwnedContainer(inspectedContainer(name, 'id-1', '-', status, {}, startedAt))!;
  const early = '2026-11-26T10:15:00.5Z';
  const late = '2026-11-26T10:15:00.75123Z';
  const beside = (own: [string, string], other: [string, string] | undefined) => {
    const { drift, repair } = containerDrift(inside, at('c2', ...own), ids, other && at('c1', ...other));
    return { says: drift.map(driftSentence), steps: repair.map((step) => step.do) };
  };
  const none = { says: [], steps: [] };
  const lost = { says: ['container c2 has lost the network of container c1'], steps: ['restart'] };

  test.each<[string, [string, string], [string, string] | undefined, object]>([
    ['that was started before it', ['running', late], ['running', early], none],
    ['that was restarted after it', ['running', early], ['running', late], lost],
    ['that stands still', ['running', late], ['exited', early], lost],
    ['that is paused', ['running', late], ['paused', early], none],
    ['that Docker is restarting', ['running', late], ['restarting', early], none],
    ['that is gone, with which it is made anew', ['running', late], undefined, none],
    ['of which it is not known when it was started', ['running', late], ['running', ''], none],
    [
      'and that stands still itself',
      ['exited', early],
      ['running', late],
      { says: ['container c2 is exited'], steps: ['start'] },
    ],
  ])('%s', (_, own, other, expected) => expect(beside(own, other)).toEqual(expected));
});
