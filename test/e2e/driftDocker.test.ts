import type { OperationResult, Stack } from '../../lab/engine/stack';
import { answering, type Endpoint } from '../../lab/reach';
import { containerStarts, hostFacts, sh } from './facts';
import { doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Docker networks and containers that somebody changes behind our back: preview tells it in words, up mends it, packets pass, and the next preview is empty. */

const host = 'n14';
interface Vlan {
  key: string;
  vlanId: number;
  prefix: string;
  prefix6: string;
}
const [a, b] = ['a', 'b'].map((key, index) => ({
  ...{ key, vlanId: 244 + index, prefix: `192.168.${244 + index}`, prefix6: `fd00:${244 + index}::` },
})) as [Vlan, Vlan];
const link = (vlan: Vlan) => `eth0.${vlan.vlanId}`;
const both: Endpoint = { host, container: 'drift-both', address: '' };

let untouched: string;
let stack: Stack;

/** The container on both networks reaches its neighbours on each, by IPv6 too. */
async function passes(): Promise<void> {
  const neighbours = [`${a.prefix}.70`, `${b.prefix}.72`, `${b.prefix6}72`];
  expect(await answering(both, neighbours)).toEqual(new Set(neighbours));
  // Docker's resolver needs netfilter, which this kernel has not.
  const names = await sh(
    host,
    `docker inspect -f '{{range .NetworkSettings.Networks}}{{.DNSNames}}{{end}}' drift-one drift-both`,
  );
  for (const name of ['web', 'db']) expect(names.split(/[^\w-]+/)).toContain(name);
}

const words = ({ diagnostics }: OperationResult) => diagnostics.join('\n');
const entries = ({ outputs }: OperationResult) => (outputs.drift?.value ?? []) as Record<string, string>[];
const empty = async () => {
  const preview = await succeeds(stack.preview());
  expect([Object.keys(preview.changes), words(preview)]).toEqual([['same'], '']);
};

/** The label of this stack, and those of a network or a container in words for docker. */
const ownLabels = (kind: 'network' | 'container', name: string) => {
  const path = kind === 'network' ? '.Labels' : '.Config.Labels';
  return sh(host, `docker ${kind} inspect -f '{{range $k, $v := ${path}}}--label {{$k}}={{$v}} {{end}}' ${name}`);
};

/** The same without the label that says which creation it is, as somebody may give it who knows only that it has to be there. */
const ownerOf = async (kind: 'network' | 'container', name: string) =>
  (await ownLabels(kind, name)).replace(/--label vlan-trunk.revision=\S+/, '');

beforeAll(async () => {
  untouched = await hostFacts(host);
  stack = await newStack('test/e2e/programs/driftDocker.ts', 'drift', { host: hostConfigs(host)[0], vlans: [a, b] });
  await succeeds(stack.up());
  await passes();
});

afterAll(async () => {
  await forgetStacks();
  await sh(host, 'docker ps -aq --filter name=drift- | xargs -r docker rm -f; docker network prune -f');
  expect(await hostFacts(host)).toBe(untouched);
});

test('what is untouched is no drift', empty);

/** How a network is made by hand. */
const create = (vlan: Vlan, more: string) =>
  `docker network create -d macvlan -o parent=${link(vlan)} -o macvlan_mode=bridge --ipv6 --subnet ${vlan.prefix6}/64 --gateway ${vlan.prefix6}1 ${more} drift-${vlan.key}`;

interface Kind {
  kind: string;
  damage: () => string | Promise<string>;
  says: string[];
  found: Record<string, string>[];
  /** What preview lists, components and Docker's resources. */
  changes: string[];
  /** The containers that are started anew, or made anew. */
  restarted: string[];
}

const anew = (name: string) => [`create-replacement ${name}`, `delete-replaced ${name}`, `replace ${name}`];
/** What goes and comes with each network. */
const networkAnew = (vlan: Vlan, ...containers: string[]) => [
  ...[vlan.key, ...containers].map((one) => `update ${one}`),
  ...[`${vlan.key}-network`, ...containers.map((one) => `${one}-container`)].flatMap(anew),
];

const kinds: Kind[] = [
  {
    kind: 'a container stopped',
    damage: () => 'docker stop -t 1 drift-one',
    says: ['container drift-one is exited'],
    found: [{ kind: 'state', subject: 'container drift-one', expected: 'running', found: 'exited' }],
    changes: ['update one'],
    restarted: ['drift-one'],
  },
  {
    kind: 'a container paused',
    damage: () => 'docker pause drift-other',
    says: ['container drift-other is paused'],
    found: [{ kind: 'state', subject: 'container drift-other', expected: 'running', found: 'paused' }],
    changes: ['update other'],
    restarted: [],
  },
  {
    kind: 'a container disconnected',
    damage: () => 'docker network disconnect drift-b drift-both',
    says: ['container drift-both has no interface on drift-b'],
    found: [{ kind: 'attachment', subject: 'container drift-both', expected: 'drift-b', found: 'missing' }],
    changes: ['update both'],
    restarted: [],
  },
  {
    kind: 'a container connected with other addresses and names',
    damage: () =>
      'docker network disconnect drift-b drift-both; docker network connect --ip 192.168.245.99 drift-b drift-both',
    says: [
      'container drift-both has lost the address 192.168.245.71 on drift-b',
      'container drift-both has lost the address fd00:245::71 on drift-b',
      'container drift-both has lost the name db on drift-b',
    ],
    found: [
      { kind: 'address', subject: 'container drift-both', expected: '192.168.245.71 on drift-b', found: 'missing' },
    ],
    changes: ['update both'],
    restarted: [],
  },
  {
    kind: 'a container removed',
    damage: () => 'docker rm -f drift-both',
    says: ['container drift-both is missing'],
    found: [{ kind: 'container', subject: 'container drift-both', expected: 'container', found: 'missing' }],
    changes: ['update both', ...anew('both-container')],
    restarted: ['drift-both'],
  },
  {
    kind: 'a container made anew by hand with the label of this stack, at another address',
    damage: async () =>
      `docker rm -f drift-other; docker run -d --name drift-other ${await ownerOf('container', 'drift-other')} --network drift-b --ip 192.168.245.98 busybox sleep 1000000`,
    says: ['container drift-other has lost the address 192.168.245.72 on drift-b'],
    found: [
      { kind: 'address', subject: 'container drift-other', expected: '192.168.245.72 on drift-b', found: 'missing' },
    ],
    changes: ['update other', ...anew('other-container')],
    restarted: ['drift-other'],
  },
  {
    kind: 'a network removed',
    damage: () =>
      'docker network disconnect -f drift-b drift-both; docker network disconnect -f drift-b drift-other; docker network rm drift-b',
    says: ['network drift-b is missing'],
    found: [{ kind: 'network', subject: 'network drift-b', expected: 'network', found: 'missing' }],
    changes: networkAnew(b, 'both', 'other'),
    restarted: ['drift-both', 'drift-other'],
  },
  {
    kind: 'a network made anew with our labels and other options',
    damage: async () => {
      const labels = await ownLabels('network', 'drift-b');
      return `docker rm -f drift-both drift-other; docker network rm drift-b; ${create(b, `${labels} --subnet ${b.prefix}.0/24 --gateway ${b.prefix}.2 -o macvlan_mode=private`)}`;
    },
    says: [
      'network drift-b has option macvlan_mode private, declared is bridge',
      `network drift-b has gateway ${b.prefix}.2, declared is ${b.prefix}.1`,
    ],
    found: [
      { kind: 'option macvlan_mode', subject: 'network drift-b', expected: 'bridge', found: 'private' },
      { kind: 'container', subject: 'container drift-both', expected: 'container', found: 'missing' },
    ],
    changes: networkAnew(b, 'both', 'other'),
    restarted: ['drift-both', 'drift-other'],
  },
  {
    kind: 'a network made anew as declared, but not by us',
    damage: async () => {
      const labels = await ownerOf('network', 'drift-b');
      return `docker rm -f drift-both drift-other; docker network rm drift-b; ${create(b, `${labels} --subnet ${b.prefix}.0/24 --gateway ${b.prefix}.1 --ip-range ${b.prefix}.64/26`)}`;
    },
    says: ['network drift-b was made anew by another program'],
    found: [{ kind: 'network', subject: 'network drift-b', expected: 'network', found: 'another one' }],
    changes: networkAnew(b, 'both', 'other'),
    restarted: ['drift-both', 'drift-other'],
  },
];

/** What up mends, whatever the preview showed. */
async function isMended(): Promise<void> {
  expect(entries(await succeeds(stack.up()))).toEqual([]);
  await passes();
  await succeeds(stack.refresh());
  await empty();
}

test.each(kinds)('$kind', async ({ damage, says, found, changes, restarted }) => {
  const before = await containerStarts(host);
  await sh(host, await damage());
  const preview = await succeeds(stack.preview());
  for (const sentence of says) expect(words(preview)).toContain(sentence);
  for (const one of found) expect(entries(preview)).toContainEqual(expect.objectContaining({ host, ...one }));
  expect(doings(preview).sort()).toEqual([...changes].sort());
  await isMended();
  const changed = (await containerStarts(host)).split('\n').filter((line) => !before.includes(line));
  expect(changed.map((line) => /^\/(\S+)/.exec(line)?.[1])).toEqual(restarted);
});

test('a refresh before does not stand in the way', async () => {
  for (const damage of [
    'docker stop -t 1 drift-one; docker network disconnect drift-b drift-both; docker rm -f drift-other',
    'docker rm -f drift-both drift-other; docker network rm drift-b',
  ]) {
    await sh(host, damage);
    await succeeds(stack.refresh());
    await isMended();
  }
});

test('a container made anew with all of its labels is connected as declared, and is ours after a refresh', async () => {
  const labels = await ownLabels('container', 'drift-other');
  await sh(
    host,
    `docker rm -f drift-other; docker run -d --name drift-other ${labels} --network drift-b --ip 192.168.245.98 busybox sleep 1000000`,
  );
  await succeeds(stack.up());
  await passes();
  await empty();
  await succeeds(stack.refresh());
  await isMended();
});

test('a container made anew by hand without our labels is refused, with its name; once it is gone, up makes ours', async () => {
  await sh(
    host,
    'docker rm -f drift-one; docker run -d --name drift-one --network drift-a --ip 192.168.244.99 busybox sleep 1000000',
  );
  for (const { ok, error } of [await stack.preview(), await stack.up()]) {
    expect(ok).toBe(false);
    expect(error).toContain('the container drift-one (busybox), which is on the host and not of this stack');
  }
  expect(await sh(host, 'docker inspect -f "{{.State.Running}}" drift-one')).toBe('true');
  await sh(host, 'docker rm -f drift-one');
  await succeeds(stack.up());
  await passes();
  await empty();
});

test('a host that was installed anew: all is missing, and comes back in one up', async () => {
  await sh(
    host,
    `docker ps -aq | xargs -r docker rm -f; docker network prune -f
     ip link del ${link(a)}; ip link del ${link(b)}
     systemctl disable --quiet vlan-trunk.service; rm -f /etc/systemd/system/vlan-trunk.service
     rm -rf /var/lib/vlan-trunk /var/run/vlan-trunk`,
  );
  const preview = await succeeds(stack.preview());
  for (const sentence of [
    'the records of VlanTrunk trunk on the host are missing',
    'network drift-a is missing',
    'network drift-b is missing',
    'container drift-one is missing',
  ])
    expect(entries(preview).map(({ reason }) => reason)).toContain(sentence);
  await succeeds(stack.up());
  await passes();
  await empty();
  expect(await sh(host, 'systemctl is-enabled vlan-trunk.service')).toBe('enabled');
});

test('a host whose Docker does not answer, or that is away, shows no difference', async () => {
  await sh(host, 'docker stop -t 1 drift-one; systemctl stop docker.socket docker.service');
  try {
    const preview = await succeeds(stack.preview());
    expect([Object.keys(preview.changes), entries(preview)]).toEqual([['same'], []]);
  } finally {
    await sh(host, 'systemctl start docker.service');
  }
  await succeeds(stack.up());
  await passes();
  await empty();
});
