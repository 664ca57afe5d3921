import type { OperationResult, Stack } from '../../lab/engine/stack';
import { answering, answeringHost, type Endpoint } from '../../lab/reach';
import { plug, unplug } from '../../lab/wire';
import { containerStarts, hostFacts, sh } from './facts';
import { inSoak } from './soak';
import { doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Links that somebody changes behind our back: preview tells it in words, up mends it, packets pass, and the next preview is empty. */

const host = 'n12';
const [a, b] = ['a', 'b'].map((key, index) => ({ key, vlanId: 232 + index, prefix: `192.168.${232 + index}` })) as [
  Vlan,
  Vlan,
];
interface Vlan {
  key: string;
  vlanId: number;
  prefix: string;
}
const link = (vlan: Vlan) => `eth0.${vlan.vlanId}`;
const both: Endpoint = { host, container: 'life-both', address: '' };
const addressOf = (vlan: Vlan) => `${vlan.prefix}.70`;

let untouched: string;
let stack: Stack;

/** The container on both networks reaches its neighbours, and the host reaches them over its shims. */
async function passes(): Promise<void> {
  const neighbours = [addressOf(a), addressOf(b)];
  expect(await answering(both, neighbours)).toEqual(new Set(neighbours));
  expect(await answeringHost(host, neighbours)).toEqual(new Set(neighbours));
}

const words = ({ diagnostics }: OperationResult) => diagnostics.join('\n');
const empty = async () => {
  const preview = await succeeds(stack.preview());
  expect([Object.keys(preview.changes), words(preview)]).toEqual([['same'], '']);
};

beforeAll(async () => {
  untouched = await hostFacts(host);
  stack = await newStack('test/e2e/programs/life.ts', 'drift', { host: hostConfigs(host)[0], vlans: [a, b] });
  await succeeds(stack.up());
  await passes();
});

afterAll(async () => {
  await forgetStacks();
  expect(await hostFacts(host)).toBe(untouched);
});

test('what is untouched is no drift', empty);

const anew = (vlan: Vlan, protocol: string, id = vlan.vlanId) =>
  `ip link del ${link(vlan)}; ip link add link eth0 name ${link(vlan)} type vlan protocol ${protocol} id ${id}; ip link set ${link(vlan)} up`;

interface Kind {
  kind: string;
  /** `npm test` does the damage of a round at once, to a link each. */
  round: number;
  damage: string;
  says: string[];
  updates: string[];
  /** The containers that have lost something, so that they are started anew. */
  restarted?: string[];
  /** Prints what up has to leave as it is. */
  stays?: string;
}

const kinds: Kind[] = [
  {
    kind: 'a link deleted',
    round: 1,
    damage: `ip link del ${link(a)}`,
    says: [`${link(a)} is missing`, 'shim-a is missing'],
    updates: ['a-shim-link', 'trunk-links'],
    restarted: ['life-a', 'life-both'],
  },
  {
    kind: 'a link made anew by somebody, with the containers on the dead one',
    round: 2,
    damage: anew(a, '802.1Q'),
    says: [`${link(a)} was made anew by another program`, `${link(a)} has lost the address ${a.prefix}.3/24`],
    updates: ['a-shim-link', 'trunk-links'],
    restarted: ['life-a', 'life-both'],
  },
  {
    kind: 'another protocol under the same name',
    round: 3,
    damage: anew(a, '802.1ad'),
    says: [
      `${link(a)} was made anew by another program as VLAN ${a.vlanId} (802.1ad) on eth0, declared is VLAN ${a.vlanId} (802.1Q) on eth0`,
    ],
    updates: ['a-shim-link', 'trunk-links'],
    restarted: ['life-a', 'life-both'],
  },
  {
    kind: 'another VLAN ID under the same name',
    round: 4,
    damage: anew(a, '802.1Q', 2320),
    says: [
      `${link(a)} was made anew by another program as VLAN 2320 (802.1Q) on eth0, declared is VLAN ${a.vlanId} (802.1Q) on eth0`,
    ],
    updates: ['a-shim-link', 'trunk-links'],
    restarted: ['life-a', 'life-both'],
  },
  {
    kind: 'a link down',
    round: 2,
    damage: `ip link set ${link(b)} down`,
    says: [`${link(b)} is down`],
    // It is the parent of the shim.
    updates: ['b-shim-link', 'trunk-links'],
  },
  {
    kind: 'another MTU',
    round: 1,
    damage: `ip link set ${link(b)} mtu 1300`,
    says: [`${link(b)} has MTU 1300, declared is 1500`],
    updates: ['trunk-links'],
  },
  {
    kind: 'an address removed',
    round: 1,
    damage: `ip addr del ${b.prefix}.3/24 dev ${link(b)}`,
    says: [`${link(b)} has lost the address ${b.prefix}.3/24`],
    updates: ['trunk-links'],
  },
  {
    kind: 'a setting of the kernel changed',
    round: 5,
    damage: `echo 1 >/proc/sys/net/ipv6/conf/${link(b)}/accept_ra`,
    says: [`${link(b)} has ipv6 accept_ra = 1, declared is 0`],
    updates: ['trunk-links'],
  },
  {
    kind: 'a shim deleted',
    round: 3,
    damage: 'ip link del shim-b',
    says: ['shim-b is missing'],
    updates: ['b-shim-link'],
  },
  {
    kind: 'the route of a shim removed',
    round: 4,
    damage: 'ip route del $(ip -o route show dev shim-b proto static | head -n 1 | cut -d" " -f1) dev shim-b',
    says: [`shim-b has lost the route to ${b.prefix}.`],
    updates: ['b-shim-link'],
  },
  {
    kind: 'an address of another program, which stays and is told once',
    round: 5,
    damage: `ip addr add 10.77.0.1/24 dev ${link(b)}`,
    says: [`${link(b)} has the address 10.77.0.1/24 of another program, which stays`],
    updates: ['trunk-links'],
    stays: `ip -o addr show dev ${link(b)} to 10.77.0.1`,
  },
  {
    kind: 'the records deleted',
    round: 6,
    damage: 'rm -rf /var/lib/vlan-trunk',
    says: [
      'the records of VlanTrunk trunk on the host are missing',
      'the records of HostShim b-shim on the host are missing',
    ],
    updates: ['a-shim-link', 'b-shim-link', 'trunk-links'],
  },
];

/** What happens to the hosts in one test, and what follows from it. */
const together = (parts: Kind[]) => ({
  kind: parts.map(({ kind }) => kind).join('; '),
  damage: parts.map(({ damage }) => damage).join('\n'),
  says: parts.flatMap(({ says }) => says),
  updates: [...new Set(parts.flatMap(({ updates }) => updates))].sort(),
  restarted: parts.flatMap(({ restarted = [] }) => restarted),
  stays: parts.map(({ stays = 'echo nothing' }) => stays),
});
const rounds = inSoak
  ? kinds.map((kind) => together([kind]))
  : [1, 2, 3, 4, 5, 6].map((round) => together(kinds.filter((kind) => kind.round === round)));

test.each(rounds)('$kind', async ({ damage, says, updates, restarted, stays }) => {
  const before = await containerStarts(host);
  await sh(host, damage);
  const preview = await succeeds(stack.preview());
  expect(doings(preview).sort()).toEqual(updates.map((name) => `update ${name}`));
  for (const sentence of says) expect(words(preview)).toContain(sentence);
  // A refresh finds out nothing of links, and changes nothing about it.
  await succeeds(stack.refresh());
  await succeeds(stack.up());
  await passes();
  const after = await containerStarts(host);
  const changed = (text: string) => text.split('\n').filter((line) => !before.includes(line));
  expect(changed(after).map((line) => /^\/(\S+)/.exec(line)?.[1])).toEqual(restarted);
  for (const command of stays) expect(await sh(host, command)).not.toBe('');
  await empty();
});

test('what is undone again and again is counted', async () => {
  // The count is in the records, which may have been removed before.
  await sh(host, `ip link set ${link(b)} down`);
  await succeeds(stack.up());
  await sh(host, `ip link set ${link(b)} down`);
  expect(words(await succeeds(stack.preview()))).toMatch(
    /has drifted \d+ times since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/,
  );
  await succeeds(stack.up());
  await empty();
});

test('a host that does not answer is one warning and no difference, and is no worse afterwards', async () => {
  await sh(host, `ip link set ${link(b)} down`);
  await unplug(host);
  try {
    const preview = await succeeds(stack.preview());
    expect(Object.keys(preview.changes)).toEqual(['same']);
    expect(words(preview).match(/nothing there could be checked/g)).toHaveLength(1);
  } finally {
    await plug(host);
  }
  expect(doings(await succeeds(stack.preview())).sort()).toEqual(['update b-shim-link', 'update trunk-links']);
  await succeeds(stack.up());
  await empty();
});
