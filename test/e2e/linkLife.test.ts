import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Stack } from '../../lab/engine/stack';
import type { Endpoint } from '../../lab/reach';
import { containerStarts, hostFacts, keepPinging, sh } from './facts';
import { configured, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** What changes about links that are in use: the name of who declares them. */

const run = promisify(execFile);
const host = 'n1';
const other = 'n2';
const [n1] = hostConfigs(host);
const program = 'test/e2e/programs/life.ts';

interface Vlan {
  key: string;
  vlanId: number;
  interfaceName?: string;
  protocol?: '802.1Q' | '802.1ad';
  prefix: string;
}
const a = { key: 'a', vlanId: 240, interfaceName: 'life0', prefix: '192.168.240' };
const container = (vlan: Vlan): Endpoint => ({ host, container: `life-${vlan.key}`, address: `${vlan.prefix}.70` });
const declaring = (vlans: Vlan[], more: object = {}) => ({ host: n1, vlans, ...more });

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

/** Everything that a rename must leave alone: numbers of our links and when containers were started. */
const running = async () => [
  await sh(host, 'cd /sys/class/net; grep . life*/ifindex shim-*/ifindex'),
  await containerStarts(host),
];
const records = () => sh(host, 'ls -A /var/lib/vlan-trunk');

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
  expect((await records()).split('\n').sort()).toEqual([
    `life+lab+shim+a-shim+${n1?.address}`,
    `life+lab+trunk+${n1?.address}`,
  ]);

  const pings = [await keepPinging(container(a), `${a.prefix}.2`), await keepPinging(container(a), `${a.prefix}.250`)];
  stack = configured(stack, declaring([a], { suffix: '-new' }));
  await succeeds(stack.up());
  expect(await running()).toEqual(links);
  expect((await records()).split('\n').sort()).toEqual([
    `life+lab+shim+a-new-shim+${n1?.address}`,
    `life+lab+trunk-new+${n1?.address}`,
  ]);
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);

  stack = configured(await renameStack(stack, 'renamed', 'other'), declaring([a], { suffix: '-new' }));
  await succeeds(stack.up());
  for (const { stop } of pings) {
    const { sent, back } = await stop();
    expect(sent).toBeGreaterThan(5);
    expect(back).toBe(sent);
  }
  expect(await running()).toEqual(links);
  expect((await records()).split('\n').sort()).toEqual([
    `renamed+other+shim+a-new-shim+${n1?.address}`,
    `renamed+other+trunk-new+${n1?.address}`,
  ]);
  expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(before);
});
