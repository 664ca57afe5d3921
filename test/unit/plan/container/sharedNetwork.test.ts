import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { checkAttachments, type ContainerSpec } from '../../../../src/plan/container/container';
import { planContainer } from '../../../../src/plan/container/containerPlan';
import { lines } from '../text';

const check = (ofOther: Record<string, unknown>, more: Partial<ContainerSpec> = {}) =>
  lines(checkAttachments({ attachments: [], ofOther, ...more }));

test('a container in the namespace of another one needs no network, and asks Docker for nothing of one', () => {
  expect(check({})).toEqual([]);
  expect(planContainer({ name: 'web', attachments: [], ofOther: {} })).toEqual({
    endpoints: [],
    sysctls: {},
    needs: [],
  });
});

test('what says nothing is taken, and what is not known yet', () => {
  expect(check({ ports: [], dns: [], publishAllPorts: false, hostname: '' })).toEqual([]);
  expect(check({ hostname: notKnown, ports: notKnown }, { sysctls: notKnown })).toEqual([]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['attachments', { attachments: true }, 'the networks are those of the container in networkOf'],
  [
    'hostname',
    { hostname: 'web' },
    'or given to the container in networkOf: Docker refuses it beside networkOf, got "web"',
  ],
  ['dns', { dns: ['192.0.2.53'] }, 'Docker refuses it'],
  ['hosts', { hosts: [{ host: 'a', ip: '192.0.2.1' }] }, 'Docker refuses it'],
  ['ports', { ports: [{ internal: 80 }] }, 'Docker refuses it'],
  ['publishAllPorts', { publishAllPorts: true }, 'Docker refuses it'],
  ['domainname', { domainname: 'example.org' }, 'Docker ignores it'],
  ['dnsOpts', { dnsOpts: ['ndots:2'] }, 'Docker ignores it'],
  ['dnsSearches', { dnsSearches: ['example.org'] }, 'Docker ignores it'],
])('%s is refused', (name, ofOther, reason) => {
  const [problem, ...more] = check(ofOther);
  expect(problem).toMatch(new RegExp(`^${name}: must be left out`));
  expect(problem).toContain(reason);
  expect(more).toEqual([]);
});

test('a kernel setting of the network is refused, and no other', () => {
  const sysctls = { 'net.ipv4.ip_forward': '1', 'kernel.msgmax': '65536' };
  expect(check({}, { sysctls })).toEqual([
    'sysctls["net.ipv4.ip_forward"]: must be given to the container in networkOf, whose network namespace it would change',
  ]);
});

test('the name is checked as ever', () => {
  expect(check({}, { name: 'a b' })).toEqual([expect.stringMatching(/^name: must be/)]);
});
