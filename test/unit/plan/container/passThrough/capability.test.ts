import { capabilities, normalCapability } from '../../../../../src/plan/container/passThrough/capability';
import { allLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';

const normal = (given: unknown) => capabilities.normal({ capabilities: given }, allLimits).capabilities;

test.each([
  ['NET_ADMIN', 'CAP_NET_ADMIN'],
  ['net_admin', 'CAP_NET_ADMIN'],
  ['cap_net_admin', 'CAP_NET_ADMIN'],
  ['CAP_NET_ADMIN', 'CAP_NET_ADMIN'],
  ['all', 'ALL'],
])('%s is %s', (given, expected) => {
  expect(normalCapability(given)).toBe(expected);
});

test('each capability is given once, in the order of the program', () => {
  expect(normal({ adds: ['SYS_TIME', 'NET_ADMIN', 'cap_sys_time'], drops: ['mknod'] })).toEqual({
    adds: ['CAP_SYS_TIME', 'CAP_NET_ADMIN'],
    drops: ['CAP_MKNOD'],
  });
});

test('no capabilities are left out, because they are read back as none', () => {
  expect(normal({ adds: [], drops: [] })).toBeUndefined();
  expect(normal({})).toBeUndefined();
  expect(normal({ drops: ['ALL'] })).toEqual({ drops: ['ALL'] });
});

test("what is no capability is the provider's to refuse", () => {
  expect(normal('NET_ADMIN')).toBe('NET_ADMIN');
  expect(normal({ adds: 'NET_ADMIN' })).toEqual({ adds: 'NET_ADMIN' });
  expect(normal({ adds: [7] })).toEqual({ adds: [7] });
});
