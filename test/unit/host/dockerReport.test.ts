import { engineAtLeast } from '../../../src/host/dockerReport';

const isEnough = (version: string, least: number | string) =>
  engineAtLeast({ version }, least, 'defaultRoute').kind === 'seen';

test.each<[string, number | string, boolean]>([
  ['28.5.2+dfsg4', 28, true],
  ['27.5.1', 28, false],
  ['28.5.2', '29.3', false],
  ['29.2.1', '29.3', false],
  ['29.3.0-rc.1', '29.3', true],
  ['29.10.0', '29.3', true],
  ['30.0.0', '29.3', true],
])('Engine %s for one that needs %s: %p', (version, least, expected) =>
  expect(isEnough(version, least)).toBe(expected),
);

test('says what needs which Engine, and what there is', () => {
  expect(engineAtLeast({ version: '28.5.2' }, '29.3', 'macAddress')).toEqual({
    kind: 'refused',
    reason: 'macAddress needs Docker Engine 29.3 or newer, the host has 28.5.2',
  });
  expect(engineAtLeast({ trouble: 'Docker is not installed' }, 26, 'x')).toEqual({
    kind: 'refused',
    reason: 'Docker is not installed',
  });
});
