import type { Stack } from '../../lab/engine/stack';
import { hostFacts, sh } from './facts';
import { forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from './stack';

/** Hosts that let us in differently, or not at all: one clear error naming host and cause, and no hanging. */

const host = 'n3';
const [n3, n4] = hostConfigs('n3', 'n4') as [HostConfig, HostConfig];
/** What the two ssh stacks are asked for, each alone: the command provider makes links, the docker provider networks. */
const byCommand = { vlanId: 90 };
const byDocker = { prefix: '192.168.90' };

let untouched: string;
beforeAll(async () => (untouched = await hostFacts(host)));
afterAll(async () => {
  expect(await hostFacts(host)).toBe(untouched);
  await forgetStacks();
});

const stackFor = (to: HostConfig & { preflight?: boolean }, asked: object): Promise<Stack> =>
  newStack('test/e2e/programs/one.ts', 'access', { host: to, ...asked });

/** Runs an `up` that must fail, and not hang, and gives the error text: all of it, and by the resource it stands at. */
async function failure(to: HostConfig & { preflight?: boolean }, asked: object) {
  const stack = await stackFor(to, asked);
  const { ok, error = '', errorsOf, seconds } = await stack.up();
  expect(ok).toBe(false);
  // Half a minute where nothing else runs.
  expect(seconds).toBeLessThan(300);
  const destroyed = await stack.destroy();
  return { error, errorsOf, destroyed, again: () => stack.destroy() };
}

test('a user who is not root works with sudo: link, network, containers, and all gone again', async () => {
  const stack = await stackFor({ ...n3, user: 'ops', sudo: true }, { ...byCommand, ...byDocker });
  await succeeds(stack.up());
  expect(await sh(host, 'ip -d link show eth0.90')).toContain('vlan protocol 802.1Q id 90');
  expect(await sh(host, "docker inspect n3-c1 --format '{{.State.Running}}'")).toBe('true');
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(untouched);
});

describe('refused by the checks, before any resource is made:', () => {
  const otherKey = { ...n3, hostKey: n4.hostKey };
  const nobody = { ...n3, user: 'nobody' };
  const closed = { ...n3, port: 2 };

  test.each([
    [
      'a host key that does not match',
      otherKey,
      byCommand,
      '  Host n3: root@10.88.0.13 port 22 does not have the declared host key',
    ],
    ['a wrong user', nobody, byCommand, '  Host n3: nobody@10.88.0.13 port 22 does not let this user in with this key'],
    ['a closed port', closed, byCommand, '  Host n3: root@10.88.0.13 port 2 cannot be reached'],
    [
      'a user without sudo',
      { ...n3, user: 'guest', sudo: true },
      byCommand,
      '  VlanTrunk trunk: reported by guest@10.88.0.13 port 22:\n    sudo: a password is required',
    ],
    ['no Docker', n4, byDocker, '  MacvlanNetwork macvlan: Docker is not installed on 10.88.0.14'],
  ])('%s', async (_, to, asked, message) => {
    const { error, destroyed } = await failure(to, asked);
    expect(error).toContain(message);
    expect(destroyed.ok).toBe(true);
  });

  test('at preview too, except that a host which does not answer is a warning there', async () => {
    const refused = await (await stackFor(otherKey, byCommand)).preview();
    expect(refused.error).toContain('does not have the declared host key');
    const silent = await succeeds((await stackFor(closed, { ...byCommand, ...byDocker })).preview());
    expect(silent.diagnostics.join('\n')).toMatch(
      /warning: Host n3: root@10\.88\.0\.13 port 2 cannot be reached .*Connection refused.*nothing there could be checked/,
    );
    expect(silent.changes.create).toBeGreaterThan(5);
  });
});

/** With preflight off the host script is brought right before its first command, and Docker's words are the provider's. */
describe('refused by the ssh stack itself, with preflight off:', () => {
  const blind = { preflight: false };
  const [script, network] = ['trunk', 'macvlan-network'];

  test.each([
    [
      'another host key',
      { ...n3, ...blind, hostKey: n4.hostKey },
      byCommand,
      script,
      /root@10\.88\.0\.13 port 22 does not have the declared host key/,
    ],
    [
      'another host key',
      { ...n3, ...blind, hostKey: n4.hostKey },
      byDocker,
      network,
      /10\.88\.0\.13.*Host key verification failed/s,
    ],
    [
      'a wrong user',
      { ...n3, ...blind, user: 'nobody' },
      byCommand,
      script,
      /nobody@10\.88\.0\.13 port 22 does not let this user in/,
    ],
    ['a wrong user', { ...n3, ...blind, user: 'nobody' }, byDocker, network, /10\.88\.0\.13.*Permission denied/s],
    [
      'a closed port',
      { ...n3, ...blind, port: 2 },
      byCommand,
      script,
      /root@10\.88\.0\.13 port 2 cannot be reached .*Connection refused/,
    ],
    // An ssh that ends before the provider has written its first request is a broken pipe to it, so this one is a race.
    [
      'a closed port',
      { ...n3, ...blind, port: 2 },
      byDocker,
      network,
      /10\.88\.0\.13.*(?:Connection refused|broken pipe)/s,
    ],
    ['no Docker', { ...n4, ...blind }, byDocker, network, /10\.88\.0\.14.*docker.*not found/s],
  ])('%s (%#)', async (_, to, asked, resource, message) => {
    const { error, errorsOf, destroyed: first, again } = await failure(to, asked);
    // A hook's error is the stack's.
    expect(resource === script ? error : errorsOf[resource]).toMatch(message);
    // What removes networks by their label is in the state already, although there are none: it needs the host (docs/operations.md, Destroy).
    const isReached = to.user !== 'nobody' && to.port !== 2 && to.hostKey === (to.name === n3.name ? n3 : n4).hostKey;
    // It has failed once on a busy lab, and not since: why is printed, and the same command again must do it.
    if (isReached && !first.ok) console.error(first.error);
    const destroyed = isReached && !first.ok ? await again() : first;
    expect([destroyed.ok, destroyed.error]).toEqual([resource === script || isReached, destroyed.error]);
  });
});
