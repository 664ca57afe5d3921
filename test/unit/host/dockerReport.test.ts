import { dockerReport, engineAtLeast } from '../../../src/host/dockerReport';

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
  expect(engineAtLeast({ version }, 28, 'defaultRoute').kind === 'seen').toBe(isEnough),
);

test('says what needs which Engine, and what there is', () => {
  expect(engineAtLeast({ version: '27.5.1' }, 28, 'attachments[0].interfaceName')).toEqual({
    kind: 'refused',
    reason: 'attachments[0].interfaceName needs Docker Engine 28 or newer, the host has 27.5.1',
  });
  expect(engineAtLeast({ trouble: 'Docker is not installed' }, 28, 'x')).toEqual({
    kind: 'refused',
    reason: 'Docker is not installed',
  });
});

test.each([
  ['28.5.2+dfsg4 \n\narrival eth0', { version: '28.5.2+dfsg4', arrival: 'eth0' }],
  ['26.1.5 ', { version: '26.1.5' }],
  [
    'missing\n\narrival eth0',
    { trouble: expect.stringContaining('Docker is not installed') as string, arrival: 'eth0' },
  ],
])('reads what the host printed: %j', (answer, report) => expect(dockerReport(target, answer)).toEqual(report));
