import type { Stack } from '../../lab/engine/stack';
import { capture } from '../../lab/lab';
import { hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, problemsIn, succeeds } from './stack';

/** A container in the network namespace of another one: its packets have that one's address, and it goes and comes back with it. */
const [host, other] = ['n11', 'n8'] as const;
const [near, far] = hostConfigs(host, other);
const own = { near, far };
let stack: Stack;
let before: string;

beforeAll(async () => {
  before = await hostFacts(host);
  stack = await newStack('test/e2e/programs/sharedNetwork.ts', 'shared', own);
});
afterAll(forgetStacks);

const inside = (container: string, script: string, at: string = host) =>
  sh(at, `docker exec ${container} sh -c '${script}'`);
const empty = async () => expect(Object.keys((await succeeds(stack.preview())).changes)).toEqual(['same']);

/** Its packets leave tagged, by the address of the first, and what comes there for its port reaches it. */
async function passes(address = '10.17.1.10'): Promise<void> {
  const { frames, result } = await capture('br0', 'vlan 177 and icmp', () =>
    inside('web', 'ping -c 1 -W 5 10.17.1.20 && ip -o -4 address show eth0'),
  );
  expect(result).toContain(` ${address}/24 `);
  expect(frames.filter((frame) => frame.includes(`${address} > 10.17.1.20: ICMP echo request`))).toHaveLength(1);
  expect(await inside('peer', `wget -qO- -T 5 http://${address}`, other)).toBe('web on gate');
}

test('a preview names what Docker would refuse, and nothing is made', async () => {
  const wrong = { ...own, hostname: 'web', ports: [{ internal: 80 }], elsewhere: 'true' };
  const preview = await configured(stack, wrong).preview();
  expect(preview.ok).toBe(false);
  const problems = problemsIn(preview.error ?? '').join('\n');
  for (const problem of [
    'hostname: must be left out, or given to the container in networkOf: Docker refuses it beside networkOf, got "web"',
    'ports: must be left out, or given to the container in networkOf',
    'networkOf: is on another host than this container',
  ])
    expect(problems).toContain(problem);
  expect(await hostFacts(host)).toBe(before);
});

test('packets leave by the address of the first, and a second up and a refresh find nothing to change', async () => {
  await succeeds(stack.up());
  await passes();
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
  await succeeds(stack.refresh());
  await empty();
});

test('where the first is replaced, the other one is too, in one up', async () => {
  stack = configured(stack, { ...own, address: '10.17.1.11' });
  const replaced = (all: string[]) => all.filter((doing) => doing.startsWith('replace ')).sort();
  expect(replaced(doings(await succeeds(stack.preview())))).toEqual(['replace vpn-container', 'replace web-container']);
  expect(replaced(doings(await succeeds(stack.up())))).toEqual(['replace vpn-container', 'replace web-container']);
  await passes('10.17.1.11');
  await empty();
});

test.each([
  ['restarted', 'docker restart -t 1 vpn', ['container web has lost the network of container vpn']],
  [
    'stopped',
    'docker stop -t 1 vpn',
    ['container vpn is exited', 'container web has lost the network of container vpn'],
  ],
])('where the first was %s, the other has no interface: preview says it, up mends it', async (_, damage, says) => {
  await sh(host, damage);
  expect(await inside('web', 'ip -o link show | grep -vc LOOPBACK || true')).toBe('0');
  const preview = await succeeds(stack.preview());
  for (const sentence of says) expect(preview.diagnostics.join('\n')).toContain(sentence);
  expect(doings(preview).filter((doing) => doing.includes('-container'))).toEqual([]);
  await succeeds(stack.up());
  await passes('10.17.1.11');
  await empty();
});

test('where the link was lost, up restarts both', async () => {
  await sh(host, 'ip link del eth0.177');
  await succeeds(stack.up());
  await passes('10.17.1.11');
  await empty();
});

test('destroy takes all of it away', async () => {
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});
