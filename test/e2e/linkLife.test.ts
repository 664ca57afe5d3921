import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Stack } from '../../lab/engine/stack';
import { capture } from '../../lab/lab';
import { answering, answeringHost, type Endpoint } from '../../lab/reach';
import { containerStarts, hostFacts, keepPinging, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** What changes about links that are in use: the name of who declares them, and what no link can change. */

const run = promisify(execFile);
const host = 'n20';
const other = 'n21';
const [target] = hostConfigs(host);
const program = 'test/e2e/programs/life.ts';

interface Vlan {
  key: string;
  vlanId: number;
  interfaceName?: string;
  protocol?: '802.1Q' | '802.1ad';
  prefix: string;
}
const a = { key: 'a', vlanId: 240, interfaceName: 'life0', prefix: '192.168.240' };
const b = { key: 'b', vlanId: 241, interfaceName: 'life1', prefix: '192.168.241' };
const container = (vlan: Vlan): Endpoint => ({ host, container: `life-${vlan.key}`, address: `${vlan.prefix}.70` });
const declaring = (vlans: Vlan[], more: object = {}) => ({ host: target, vlans, ...more });

/** On the other host, in place of the last ones: a link of each VLAN with the address `.2`; `outer` is the ID of a VLAN around them. */
async function peers(vlans: Vlan[], outer?: number): Promise<void> {
  const links = vlans.map(({ key, vlanId, protocol = '802.1Q', prefix }) => {
    const link = `peer-${key}`;
    return `ip link add link ${outer === undefined ? 'eth0' : 'outer'} name ${link} type vlan protocol ${protocol} id ${vlanId}
      ip addr add ${prefix}.2/24 dev ${link}; ip link set ${link} up`;
  });
  const around =
    outer === undefined ? '' : `ip link add link eth0 name outer type vlan id ${outer}; ip link set outer up`;
  await sh(other, ['set -e', removePeers, around, ...links].join('\n'));
}

const removePeers = 'for link in peer-a peer-b outer; do [ ! -e /sys/class/net/$link ] || ip link del $link; done';

/** The tags, outermost first, of what the container sends to the other host, and that it is answered. */
async function tagsTo(vlan: Vlan): Promise<string[]> {
  const { frames, result } = await capture(host, '', () => answering(container(vlan), [`${vlan.prefix}.2`]));
  expect(result).toEqual(new Set([`${vlan.prefix}.2`]));
  const echo = frames.filter((frame) => frame.includes(`${vlan.prefix}.70 > ${vlan.prefix}.2: ICMP echo request`));
  expect(echo.length).toBeGreaterThan(0);
  return [...new Set(echo.map((frame) => (frame.match(/802\.1\S+|vlan \d+/g) ?? []).join(' ')))];
}

/** Everything that a rename must leave alone: numbers of our links and when containers were started. */
const running = async () => [
  await sh(host, 'cd /sys/class/net; grep . life*/ifindex shim-*/ifindex'),
  await containerStarts(host),
];
/** The records, and the owners for whom the host keeps the script, the unit among them. */
const records = () => sh(host, 'cd /var/lib/vlan-trunk; ls; cd .script; find . -type l | sort');

/** The folder of records as it is with these owners. */
const recordsOf = (...owners: string[]) => [...owners, ...owners.map((owner) => `./${owner}`), './unit'].join('\n');

/** The steps without what stays the same and without updates, each once: what is made, replaced or deleted. */
const replaced = (steps: string[]) => [...new Set(steps.filter((step) => !step.startsWith('update')))].sort();

async function renameStack(stack: Stack, project: string, name: string): Promise<Stack> {
  const { engine, folder, stack: old } = stack.args;
  const env = { ...process.env, ...engine.env, PULUMI_BACKEND_URL: `file://${join(folder, 'state')}` };
  await run(engine.pulumi, ['stack', 'rename', '--stack', old, `organization/${project}/${name}`], {
    cwd: folder,
    env,
  });
  return stack.with({ project, stack: name });
}

let stack: Stack;
let untouched: string[];
beforeAll(async () => (untouched = [await hostFacts(host), await hostFacts(other)]));
afterEach(async () => {
  // A renamed one is not known to `forgetStacks`.
  await stack.destroy();
  await forgetStacks();
});
afterAll(async () => {
  await sh(other, removePeers);
  await sh(host, 'ip link del up0 2>/dev/null || true');
  expect([await hostFacts(host), await hostFacts(other)]).toEqual(untouched);
});

test('renamed components, and a renamed stack and project, move no link and leave no old record', async () => {
  await peers([a]);
  const before = await hostFacts(host);
  stack = await newStack(program, 'life', declaring([a]));
  await succeeds(stack.up());
  const links = await running();
  expect(await records()).toBe(recordsOf('life+lab+shim+a-shim', 'life+lab+trunk'));

  const pings = [await keepPinging(container(a), `${a.prefix}.2`), await keepPinging(container(a), `${a.prefix}.250`)];
  stack = configured(stack, declaring([a], { suffix: '-new' }));
  await succeeds(stack.up());
  expect(await running()).toEqual(links);
  expect(await records()).toBe(recordsOf('life+lab+shim+a-new-shim', 'life+lab+trunk-new'));
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);

  stack = configured(await renameStack(stack, 'renamed', 'other'), declaring([a], { suffix: '-new' }));
  await succeeds(stack.up());
  for (const { stop } of pings) {
    const { sent, back } = await stop();
    expect(sent).toBeGreaterThan(5);
    expect(back).toBe(sent);
  }
  expect(await running()).toEqual(links);
  expect(await records()).toBe(recordsOf('renamed+other+shim+a-new-shim', 'renamed+other+trunk-new'));
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});

describe('in one up, with what is on it', () => {
  let before: string;

  /** Up to these VLANs as preview showed it; packets carry the tags, and a second up is empty. */
  async function becomes(vlans: Vlan[], tags: string[][], more: object = {}): Promise<string[]> {
    stack = configured(stack, declaring(vlans, more));
    const shown = doings(await succeeds(stack.preview()));
    const done = doings(await succeeds(stack.up()));
    expect(replaced(shown)).toEqual(replaced(done));
    await peers(vlans, 'parentInterface' in more ? 249 : undefined);
    for (const [index, vlan] of vlans.entries()) {
      expect(await tagsTo(vlan)).toEqual(tags[index]);
      expect(await answeringHost(host, [container(vlan).address])).toEqual(new Set([container(vlan).address]));
    }
    expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
    return done;
  }

  test('a VLAN changes its name, its ID, its protocol and its parent, and two VLANs swap their IDs', async () => {
    before = await hostFacts(host);
    stack = await newStack(program, 'life', declaring([a, b]));
    await becomes([a, b], [['802.1Q vlan 240'], ['802.1Q vlan 241']]);
    const lifeOfB = () =>
      sh(host, 'docker inspect -f "{{.Id}} {{.State.StartedAt}}" life-b; cat /sys/class/net/life1/ifindex');
    const ofB = await lifeOfB();

    await becomes([{ ...a, vlanId: 242 }, b], [['802.1Q vlan 242'], ['802.1Q vlan 241']]);
    await becomes([{ ...a, vlanId: 242, protocol: '802.1ad' }, b], [['802.1Q-QinQ vlan 242'], ['802.1Q vlan 241']]);
    await becomes([{ ...a, vlanId: 242, interfaceName: 'life9' }, b], [['802.1Q vlan 242'], ['802.1Q vlan 241']]);
    expect(await lifeOfB()).toBe(ofB);

    const swapped = [
      { ...a, vlanId: 241, interfaceName: 'life9' },
      { ...b, vlanId: 242 },
    ];
    await becomes(swapped, [['802.1Q vlan 241'], ['802.1Q vlan 242']]);
    // One of two leaves, and the other ID takes its name.
    const left = { ...a, vlanId: 242, interfaceName: 'life9' };
    await becomes([left], [['802.1Q vlan 242']]);

    await sh(host, 'ip link add link eth0 name up0 type vlan id 249; ip link set up0 up');
    await becomes([left], [['802.1Q vlan 249 802.1Q vlan 242']], { parentInterface: 'up0' });
    const plain = { key: 'a', vlanId: 242, prefix: a.prefix };
    await becomes([plain], [['802.1Q vlan 242']]);
    await becomes([{ ...plain, protocol: '802.1ad' }], [['802.1Q-QinQ vlan 242']]);
    await succeeds(stack.destroy());
    await sh(host, 'ip link del up0');
    expect(await hostFacts(host)).toBe(before);
  });
});
