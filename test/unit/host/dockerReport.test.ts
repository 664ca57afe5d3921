import { dockerReport, engineAtLeast, missingParent } from '../../../src/host/dockerReport';
import { engine } from '../../../src/plan/network/engineVersion';

const links = new Map([
  ['lo', undefined],
  ['eth0', undefined],
  ['eth0.50', 'eth0'],
  ['bond0', undefined],
]);
const target = {
  address: '192.0.2.1',
  port: 22,
  user: 'root',
  hostKey: undefined,
  identityFile: undefined,
  proxy: undefined,
};

test.each<[string, boolean]>([
  ['28.0.0-rc.1', true],
  ['28.5.2+dfsg4', true],
  ['29.0.0', true],
  ['27.5.1', false],
])('Engine %s for what needs 28: %p', (version, isEnough) =>
  expect(engineAtLeast({ version, links }, engine(28), 'defaultRoute').kind === 'seen').toBe(isEnough),
);

test.each<[string, boolean]>([
  ['29.4.0', false],
  ['29.4.1', true],
  ['29.10.0', true],
  ['30.0.0', true],
])('Engine %s for what needs 29.4.1: %p', (version, isEnough) =>
  expect(engineAtLeast({ version, links }, engine(29, 4, 1), 'defaultRoute').kind === 'seen').toBe(isEnough),
);

test('says what needs which Engine, and what there is', () => {
  expect(engineAtLeast({ version: '27.5.1', links }, engine(28), 'attachments[0].interfaceName')).toEqual({
    kind: 'refused',
    reason: 'attachments[0].interfaceName needs Docker Engine 28 or newer, the host has 27.5.1',
  });
  expect(engineAtLeast({ trouble: 'Docker is not installed', links }, engine(28), 'x')).toEqual({
    kind: 'refused',
    reason: 'Docker is not installed',
  });
});

test.each([
  [
    '28.5.2+dfsg4 \nlink lo\nlink eth0\nlink eth0.50 eth0\nlink bond0\narrival eth0',
    { version: '28.5.2+dfsg4', arrival: 'eth0', links },
  ],
  ['26.1.5 ', { version: '26.1.5', links: new Map() }],
  [
    'missing\n\narrival eth0',
    { trouble: expect.stringContaining('Docker is not installed') as string, arrival: 'eth0', links: new Map() },
  ],
])('reads what the host printed: %j', (answer, report) => expect(dockerReport(target, answer)).toEqual(report));

describe('a parent given by name', () => {
  const missing = (parentInterface: string | undefined, there = links) =>
    missingParent({ version: '28.5.2', links: there }, parentInterface);

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
  test('where the host did not tell its links, nothing is said', () => {
    expect(missing('eth9', new Map())).toBeUndefined();
  });
});

test.each([
  ['kernel true false true false', { memory: true, swap: false, cpuShares: true, cpuSet: false }],
  ['kernel false false true true', { memory: false, swap: false, cpuShares: true, cpuSet: true }],
  ['kernel true true', undefined],
  ['kernel true true yes true', undefined],
  ['', undefined],
])('limits of the kernel from %j', (line, kernel) => {
  expect(dockerReport(target, `28.5.2\n${line}\nlink eth0`).kernel).toEqual(kernel);
});
