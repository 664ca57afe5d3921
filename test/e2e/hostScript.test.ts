import { stat } from 'node:fs/promises';
import { stackFile } from '../../lab/engine/settings';
import type { Stack } from '../../lab/engine/stack';
import { answering, type Endpoint } from '../../lab/reach';
import { containerStarts, hostFacts, sh } from './facts';
import { doings, forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from './stack';

/** The script lies on the host, and its commands are replaced whenever somebody asks for it. */

const host = 'n12';
const [n3] = hostConfigs(host) as [HostConfig];
const vlans = ['a', 'b'].map((key, index) => ({ key, vlanId: 230 + index, prefix: `192.168.${230 + index}` }));
const [a, both] = ['life-a', 'life-both'].map((container): Endpoint => ({ host, container, address: '' })) as [
  Endpoint,
  Endpoint,
];
const toA = `${vlans[0]?.prefix}.70`;
const ownToA = `${vlans[0]?.prefix}.250`;
const kept = () =>
  sh(
    host,
    `cd /var/lib/vlan-trunk/.script && find . -type l | sort && find . -type f -name '[0-9a-f]*' -printf '%m %u\\n'`,
  );

let untouched: string;
beforeAll(async () => (untouched = await hostFacts(host)));
afterAll(async () => {
  await forgetStacks();
  await sh(host, 'ip link del many0 2>/dev/null || true');
  expect(await hostFacts(host)).toBe(untouched);
});

const reaches = async () => {
  expect(await answering(both, [toA])).toEqual(new Set([toA]));
  expect(await answering(a, [ownToA])).toEqual(new Set([ownToA]));
};

describe('with two VLANs and their shims,', () => {
  let stack: Stack;
  const urnsOf = async (...ends: RegExp[]) => {
    const { resources } = await stack.exportState();
    return resources.map(({ urn }) => urn).filter((urn) => ends.some((end) => end.test(urn)));
  };
  /** Replaces by force, and looks at packets and at what the next run has to do. */
  const force = async (...ends: RegExp[]) => {
    const replace = await urnsOf(...ends);
    expect(replace.length).toBeGreaterThanOrEqual(ends.length);
    const up = await succeeds(stack.up({ replace }));
    await reaches();
    expect(Object.keys((await succeeds(stack.up())).changes)).toEqual(['same']);
    return doings(up);
  };

  beforeAll(async () => {
    stack = await newStack('test/e2e/programs/life.ts', 'scripted', { host: n3, vlans });
    await succeeds(stack.up());
  });

  test('the script is there once, for root alone, and no copy waits for an up', async () => {
    const owners = ['shim+a-shim', 'shim+b-shim', 'trunk'].map((name) => `./scripted+lab+${name}`);
    expect(await kept()).toBe([...owners, './unit', '600 root'].join('\n'));
    expect(await sh(host, 'stat -c %a /var/lib/vlan-trunk; ls -A /var/run/vlan-trunk 2>/dev/null || true')).toBe('700');
  });

  test('a forced replacement of the commands that make links touches no link and no container', async () => {
    const links = () => sh(host, 'cd /sys/class/net; grep . eth0.23*/ifindex shim-*/ifindex');
    const before = [await links(), await containerStarts(host)];
    await force(/::trunk-links$/, /::trunk-sweep$/, /-shim-link$/);
    expect([await links(), await containerStarts(host)]).toEqual(before);
  });

  test('a forced replacement of what takes them away, or says which they are, makes anew what stands on them', async () => {
    const anew = await force(/::trunk-removal-/);
    expect(anew).toEqual(
      expect.arrayContaining([
        'delete-replaced life-a-container',
        'delete-replaced trunk-removal',
        'create-replacement trunk-links',
      ]),
    );
    await force(/::a-shim-removal-/);
    await force(/::trunk[.]230$/);
  });

  test('where a killed run has removed links on the host alone, and the engine removes them once more, up still makes them', async () => {
    const owner = 'scripted+lab+shim+a-shim';
    const script = `/var/lib/vlan-trunk/.script/${owner}`;
    await sh(host, `echo 'owner ${owner}' | sh ${script} remove; [ ! -e ${script} ]`);
    await force(/::a-shim-removal-/);
  });

  test('destroy needs nothing but the host, and leaves nothing there', async () => {
    await succeeds(stack.destroy());
    expect(await hostFacts(host)).toBe(untouched);
  });
});

test('a state of 20 hosts with 50 VLANs each has less than 3 MB', async () => {
  await sh(host, 'ip link add many0 type dummy && ip link set many0 up');
  const stack = await newStack('test/e2e/programs/many.ts', 'many', { host: n3, parentInterface: 'many0', count: 50 });
  await succeeds(stack.up());
  const { size } = await stat(stackFile(stack.args));
  expect(size * 20).toBeLessThan(3_000_000);
  await succeeds(stack.destroy());
  await sh(host, 'ip link del many0');
});
