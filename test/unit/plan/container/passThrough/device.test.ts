import { devices } from '../../../../../src/plan/container/passThrough/device';
import { allLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';

const normal = (given: unknown) => devices.normal({ devices: given }, allLimits).devices;

test('an entry of a device that another entry names inside the container names it too', () => {
  const twice = [{ hostPath: '/dev/a', containerPath: '/dev/b' }, { hostPath: '/dev/a' }, { hostPath: '/dev/c' }];
  expect(normal(twice)).toEqual([twice[0], { hostPath: '/dev/a', containerPath: '/dev/a' }, { hostPath: '/dev/c' }]);
});

test('an empty path is none', () => {
  const empty = [{ hostPath: '/dev/a', containerPath: '', permissions: 'r' }];
  expect(normal(empty)).toEqual(empty);
  expect(normal([...empty, { hostPath: '/dev/a', containerPath: '/dev/b' }])).toContainEqual({
    hostPath: '/dev/a',
    containerPath: '/dev/a',
    permissions: 'r',
  });
});

test("what is no list of devices is the provider's to refuse", () => {
  expect(normal('/dev/a')).toBe('/dev/a');
  expect(normal(['/dev/a'])).toEqual(['/dev/a']);
});
