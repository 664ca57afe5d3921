import { imageDefaults } from '../../../../../src/plan/container/passThrough/imageDefault';
import { allLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';
import { normalAddress } from '../../../../../src/plan/container/passThrough/nameServer';
import { normalPath } from '../../../../../src/plan/container/passThrough/workingDirectory';

test.each([
  ['/srv//app/', '/srv/app'],
  ['/srv/./app', '/srv/app'],
  ['/srv/../app', '/app'],
  ['/..', '/'],
  ['/', '/'],
  ['//', '/'],
  ['app/', 'app/'],
  ['', ''],
])('the directory %s is %j', (given, expected) => {
  expect(normalPath(given)).toBe(expected);
});

test.each([
  ['2001:DB8:0::53', '2001:db8::53'],
  ['10.0.0.53', '10.0.0.53'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['dns.example', 'dns.example'],
])('the name server %s is %s', (given, expected) => {
  expect(normalAddress(given)).toBe(expected);
});

test('an empty command, entry point and size are left out', () => {
  const normal = (given: object) => imageDefaults.normal({ ...given }, allLimits);
  expect(normal({ command: [], entrypoints: [], shmSize: 0 })).toEqual({});
  const given = { command: ['sleep', '9'], entrypoints: [''], shmSize: 128 };
  expect(normal(given)).toEqual(given);
});
