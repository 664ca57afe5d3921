import { type Endpoint } from '../../lab/reach';
import { hostFacts, reachablePairs, sh } from './facts';
import { configured, forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from './stack';

/** A host of a stack that gets another address is another host. */

const [n1, n2] = hostConfigs('n1', 'n2') as [HostConfig, HostConfig];
const place = (host: HostConfig) => ({ host: { ...host, name: 'site' }, vlanId: 86, prefix: '192.168.86' });
const containersOn = (host: string): Endpoint[] =>
  [1, 2].map((index) => ({ host, container: `site-c${index}`, address: `192.168.86.${10 + index}` }));

afterAll(forgetStacks);

test('what was on the old one is removed there, and made on the new one, in one up', async () => {
  const untouched = await hostFacts('n1');
  const stack = await newStack('test/e2e/programs/one.ts', 'moved', place(n1));
  await succeeds(stack.up());
  const moved = configured(stack, place(n2));
  await succeeds(moved.up());
  expect(await hostFacts('n1')).toBe(untouched);
  expect(await reachablePairs(containersOn('n2'))).toEqual(['site-c1>site-c2', 'site-c2>site-c1']);
  expect(await sh('n2', 'ip -d link show eth0.86')).toContain('vlan protocol 802.1Q id 86');
  expect(Object.keys((await succeeds(moved.up())).changes)).toEqual(['same']);
  await succeeds(moved.destroy());
  expect(await sh('n2', 'ip -o link show eth0.86 2>/dev/null; docker ps -aq --filter name=site-c')).toBe('');
});

test('another user or another route to the same host replaces nothing', async () => {
  const stack = await newStack('test/e2e/programs/one.ts', 'moved', place(n1));
  await succeeds(stack.up());
  const before = await sh(
    'n1',
    'docker inspect -f "{{.Id}} {{.State.StartedAt}}" site-c1 site-c2; ip -o link show eth0.86',
  );
  await succeeds(configured(stack, { ...place(n1), host: { ...n1, name: 'site', user: 'ops', sudo: true } }).up());
  expect(
    await sh('n1', 'docker inspect -f "{{.Id}} {{.State.StartedAt}}" site-c1 site-c2; ip -o link show eth0.86'),
  ).toBe(before);
  await succeeds(stack.destroy());
});

test('a move that fails half way is completed by the next up', async () => {
  const untouched = [await hostFacts('n1'), await hostFacts('n2')];
  const stack = await newStack('test/e2e/programs/one.ts', 'moved', place(n1));
  await succeeds(stack.up());
  const moved = configured(stack, place(n2));
  // The containers lack their image, so provider, links and network are on the new host by then.
  await sh('n2', 'docker tag busybox kept && docker rmi busybox');
  const failed = await moved.up();
  await sh('n2', 'docker tag kept busybox && docker rmi kept');
  expect(failed.errorsOf['site-c1-container']).toContain('image busybox');
  await succeeds(moved.up());
  expect(await hostFacts('n1')).toBe(untouched[0]);
  expect(await reachablePairs(containersOn('n2'))).toEqual(['site-c1>site-c2', 'site-c2>site-c1']);
  await succeeds(moved.destroy());
  expect(await hostFacts('n2')).toBe(untouched[1]);
});
