import { parseAddress } from '../../../src/plan/ip/address';
import { apiAnswer } from '../../apiAnswer';
import { cutsOff, dockerReport, engineAtLeast, missingParent } from '../../../src/host/dockerReport';
import { engine } from '../../../src/plan/network/engineVersion';
import { nothingFound } from '../../nothingFound';
import { readProbeFacts } from '../../../src/host/probeFact';
import { anyTarget } from '../../sshTarget';

const links = new Map([
  ['lo', undefined],
  ['eth0', undefined],
  ['eth0.50', 'eth0'],
  ['bond0', undefined],
]);
const target = { ...anyTarget, user: 'root' };

test.each<[string, boolean]>([
  ['28.0.0-rc.1', true],
  ['28.5.2+dfsg4', true],
  ['29.0.0', true],
  ['27.5.1', false],
])('Engine %s for what needs 28: %p', (version, isEnough) =>
  expect(engineAtLeast({ version }, engine(28), 'defaultRoute').kind === 'seen').toBe(isEnough),
);

test.each<[string, boolean]>([
  ['29.4.0', false],
  ['29.4.1', true],
  ['29.10.0', true],
  ['30.0.0', true],
])('Engine %s for what needs 29.4.1: %p', (version, isEnough) =>
  expect(engineAtLeast({ version }, engine(29, 4, 1), 'defaultRoute').kind === 'seen').toBe(isEnough),
);

test('names what needs which Engine, and the version of the host', () => {
  expect(engineAtLeast({ version: '27.5.1' }, engine(28), 'attachments[0].interfaceName')).toEqual({
    kind: 'refused',
    reason: 'attachments[0].interfaceName needs Docker Engine 28 or newer, the host has 27.5.1',
  });
  expect(engineAtLeast({ trouble: 'Docker is not installed' }, engine(28), 'x')).toEqual({
    kind: 'refused',
    reason: 'Docker is not installed',
  });
});

const marked = (...facts: string[]) => facts.map((fact) => `vlan-trunk-probe ${fact}\n`).join('');

test.each<[string, string[], object]>([
  [
    'version, links and the interface that we arrive by',
    [
      ...apiAnswer({ ServerVersion: '28.5.2+dfsg4' }),
      'link lo',
      'link eth0',
      'link eth0.50 eth0',
      'link bond0',
      'port eth1 bond0',
      'address eth0 192.0.2.1',
      'address eth0.50 2001:DB8::1',
      'address eth0.60 nonsense',
      'port eth1 bond0 bond',
      'arrival eth0',
    ],
    {
      version: '28.5.2+dfsg4',
      arrival: 'eth0',
      links,
      addresses: [
        { link: 'eth0', address: parseAddress('192.0.2.1') },
        { link: 'eth0.50', address: parseAddress('2001:db8::1') },
      ],
      parents: {
        ...nothingFound,
        // What sits on another link may be a VLAN that the host's ip does not tell.
        vlans: new Map(['lo', 'eth0', 'bond0'].map((link) => [link, undefined])),
        masters: new Map([['eth1', { name: 'bond0', kind: 'bond' }]]),
      },
      networks: [],
      containers: [],
      owned: [],
      isComplete: false,
      dials: false,
    },
  ],
  [
    'no docker',
    ['docker missing', 'arrival eth0'],
    {
      trouble: 'Docker is not installed on 192.0.2.1: no docker on the PATH of user root',
      arrival: 'eth0',
      links: new Map(),
      addresses: [],
      parents: nothingFound,
      networks: [],
      containers: [],
      owned: [],
      isComplete: false,
      dials: false,
    },
  ],
])('reads what the host printed: %s', (_, facts, report) =>
  expect(dockerReport(target, readProbeFacts(marked(...facts, 'end')) ?? [])).toEqual(report),
);

const mayNot = 'user root on 192.0.2.1 may not use Docker: add the user to the group docker there';
const warning = 'WARNING: Error loading config file: open /home/ops/.docker/config.json: permission denied';
const noDaemon = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';

test.each<[string, string[], string]>([
  [
    'the socket is refused',
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: ' +
        'Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.51/version": dial unix /var/run/docker.sock: connect: permission denied',
    ],
    mayNot,
  ],
  [
    'the same in the words of Engine 28',
    ['permission denied while trying to connect to the docker API at unix:///var/run/docker.sock'],
    mayNot,
  ],
  [
    'a configuration file is refused and no daemon runs',
    [warning, noDaemon],
    `the Docker Engine on 192.0.2.1 does not answer: ${noDaemon}`,
  ],
  [
    'a context of the user is refused',
    ['unable to resolve docker endpoint: open /home/ops/.docker/contexts/meta/x/meta.json: permission denied'],
    'the Docker Engine on 192.0.2.1 does not answer: unable to resolve docker endpoint',
  ],
  ['nothing is printed', [], 'the Docker Engine on 192.0.2.1 does not answer: no message'],
])('an Engine without a version where %s', (_, lines, trouble) => {
  const facts = lines.map((line) => ({ name: 'docker', value: `error ${line}` }));
  expect(dockerReport(target, facts)).toMatchObject({ trouble: expect.stringContaining(trouble) as string });
});

test('lines without the marker are no facts, and an answer without its end is none', () => {
  const noise = 'Welcome!\nlink eth7\nwarning: vlan-trunk-probe link eth8\n';
  expect(readProbeFacts(`${noise}${marked('link eth0', 'end')}logout\n`)).toEqual([{ name: 'link', value: 'eth0' }]);
  expect(readProbeFacts(`${noise}${marked('link eth0')}`)).toBeUndefined();
});

describe('a parent given by name', () => {
  const missing = (parentInterface: string | undefined, there = links) =>
    missingParent({ links: there }, parentInterface);

  test.each(['eth0', 'eth0.50', 'eth0.60', 'bond0.7', undefined])('%s is there, or Docker makes it', (name) =>
    expect(missing(name)).toBeUndefined(),
  );
  test.each([
    ['eth9', 'eth9'],
    ['eth9.50', 'eth9'],
    // Docker reads one VLAN ID.
    ['eth0.50.60', 'eth0.50.60'],
  ])('%s is not', (name, needed) =>
    expect(missing(name)).toBe(`there is no interface ${needed} on this host, it has eth0, bond0`),
  );
  test('if the links of the host are not known, no parent is refused', () => {
    expect(missing('eth9', new Map())).toBeUndefined();
  });
});

test('an Engine that answers with a refusal gives the reason', () => {
  const facts = marked(...apiAnswer({ message: 'dockerd is starting' }, 503), 'end');
  expect(dockerReport(target, readProbeFacts(facts) ?? [])).toMatchObject({
    trouble: 'the Docker Engine on 192.0.2.1 does not answer: dockerd is starting',
  });
});

test.each<[object, object | undefined]>([
  [
    { MemoryLimit: true, SwapLimit: false, CPUShares: true, CPUSet: false },
    { memory: true, swap: false, cpuShares: true, cpuSet: false },
  ],
  [{ MemoryLimit: true, SwapLimit: true }, undefined],
  [{ MemoryLimit: true, SwapLimit: true, CPUShares: 'yes', CPUSet: true }, undefined],
  [{}, undefined],
])('limits of the kernel from %j', (limits, kernel) => {
  const facts = marked(...apiAnswer({ ServerVersion: '28.5.2', ...limits }), 'end');
  expect(dockerReport(target, readProbeFacts(facts) ?? []).kernel).toEqual(kernel);
});

test.each([
  [{ version: '28.5.2' }, engine(28), undefined],
  [{ version: '29.0.0' }, engine(28), undefined],
  [{ version: '26.1.5+dfsg1' }, engine(28), 'this needs Docker Engine 28 or newer, the host has 26.1.5+dfsg1'],
  [{ trouble: 'Docker is not installed' }, engine(26), 'Docker is not installed'],
])('an Engine that reports %j, where %j is needed', (report, least, reason) => {
  expect(engineAtLeast(report, least, 'this')).toEqual(
    reason === undefined ? { kind: 'seen', value: true } : { kind: 'refused', reason },
  );
});

test.each([
  ['eth0', 'eth0', 'ssh arrives by it'],
  ['eth0.50', 'eth0', 'ssh arrives by eth0.50, which is on it'],
  ['eth0', 'eth0.50', undefined],
  ['bond0', 'eth0', undefined],
  ['bond0', 'eth1', 'ssh arrives by bond0, which is on it'],
  ['br0.7', 'eth3', 'ssh arrives by br0.7, which is on it'],
  [undefined, 'eth0', undefined],
])('where ssh arrives by %p, a passthru network on %s', (arrival, link, reason) => {
  const masters = new Map([
    ['eth1', { name: 'bond0', kind: 'bond' }],
    ['eth2', { name: 'br0', kind: 'bridge' }],
    ['bond1', { name: 'br0', kind: 'bridge' }],
    ['eth3', { name: 'bond1', kind: 'bond' }],
  ]);
  const all = new Map([...links, ['br0', undefined], ['br0.7', 'br0']]);
  expect(
    cutsOff(
      {
        version: '28.5.2',
        links: all,
        addresses: [],
        parents: { ...nothingFound, masters },
        networks: [],
        containers: [],
        owned: [],
        isComplete: true,
        dials: true,
        ...(arrival !== undefined && { arrival }),
      },
      link,
    ),
  ).toBe(reason);
});

test.each([
  [{ SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless', 'name=cgroupns'] }, 'Docker is rootless'],
  [{ OperatingSystem: 'Docker Desktop' }, 'Docker is Docker Desktop, in a virtual machine of its own,'],
])('an Engine whose containers have no interface of the host, by %j, is refused', (info, what) => {
  const report = (body: object) => dockerReport(target, readProbeFacts(marked(...apiAnswer(body), 'end')) ?? []);
  expect(report({ ServerVersion: '28.5.2', ...info })).toMatchObject({
    trouble: `${what} on 192.0.2.1: its containers cannot be on an interface of the host, so use a Docker Engine that runs as root on Linux itself`,
  });
  const usual = {
    SecurityOptions: ['name=seccomp,profile=rootless', 'name=userns'],
    OperatingSystem: 'Debian GNU/Linux 13',
  };
  expect(report({ ServerVersion: '28.5.2', ...usual })).toMatchObject({ version: '28.5.2' });
});
