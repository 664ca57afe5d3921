import { untilInShell } from '../../lab/lab';
import { callList, calls, fakeIp } from './fakeIp';
import { TestNic } from './nic';

/** What goes wrong on a host, or stands in the way, on real links. One NIC a test, so that none sees the links of another. */
const nics: TestNic[] = [];

/** Names and subnets apart from those of the other tests. */
async function newNic(): Promise<TestNic> {
  const nic = new TestNic('n6', `vf${200 + nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

afterAll(async () => {
  for (const nic of nics) await nic.unplug();
});

describe('an ip that fails', () => {
  const facts = async (nic: TestNic) => [await nic.links(), await nic.routes(), await nic.records()];
  /** The way to the controller, which is asked for again, or not compared. */
  const asksForWay = (words: string) => /route (get|show default)/.test(words);
  const vlans = (nic: TestNic) => [
    {
      vlanId: 50,
      addresses: [nic.address(1)],
      routes: [{ destination: nic.behind('0/25'), gateway: nic.address(9).replace('/24', '') }],
    },
  ];

  test('at whichever of its calls, is an error with its words, and apply has changed nothing or undone it', async () => {
    const nic = await newNic();
    const before = await facts(nic);
    const path = await fakeIp(nic, 0);
    expect((await nic.run('apply', vlans(nic), { path })).code).toBe(0);
    const all = await callList(nic);
    expect(all.length).toBeGreaterThanOrEqual(9);
    await nic.remove();
    expect(await facts(nic)).toEqual(before);
    for (const [index, words] of all.entries()) {
      const call = index + 1;
      await fakeIp(nic, call);
      const { code, text } = await nic.run('apply', vlans(nic), { path });
      if (asksForWay(words)) {
        expect({ call, code }).toEqual({ call, code: 0 });
        await nic.remove();
        continue;
      }
      expect({ call, code, text }).toMatchObject({
        code: 1,
        text: expect.stringMatching(/^vlan-trunk: .*no buffer space available$/m) as string,
      });
      expect(await facts(nic)).toEqual(before);
    }
  });

  test('is an error of check', async () => {
    const nic = await newNic();
    const path = await fakeIp(nic, 0);
    expect((await nic.run('check', vlans(nic), { path })).code).toBe(0);
    for (const [index, words] of (await callList(nic)).entries()) {
      const call = index + 1;
      if (asksForWay(words)) continue;
      await fakeIp(nic, call);
      const { code, text } = await nic.run('check', vlans(nic), { path });
      expect({ call, code, text }).toMatchObject({
        code: 1,
        text: expect.stringContaining('no buffer space') as string,
      });
    }
  });

  test('never removes a record while links stay, and the next removal takes all away', async () => {
    const nic = await newNic();
    const before = await facts(nic);
    await nic.run('apply', vlans(nic));
    const path = await fakeIp(nic, 0);
    expect((await nic.remove({ path })).code).toBe(0);
    for (const [index, words] of (await callList(nic)).entries()) {
      const call = index + 1;
      if (asksForWay(words)) continue;
      await nic.run('apply', vlans(nic));
      const records = await nic.records();
      await fakeIp(nic, call);
      const { code, text } = await nic.remove({ path });
      expect({ call, code, text }).toMatchObject({
        code: 1,
        text: expect.stringContaining('no buffer space') as string,
      });
      expect(await nic.records()).toBe(records);
      expect((await nic.remove()).code).toBe(0);
      expect(await facts(nic)).toEqual(before);
    }
  });

  test('or lists no link at all is no empty host', async () => {
    const nic = await newNic();
    await nic.run('apply', vlans(nic));
    const before = await facts(nic);
    const path = await fakeIp(nic, 1, { silent: true });
    expect((await nic.remove({ path })).code).toBe(1);
    expect(await facts(nic)).toEqual(before);
  });
});

describe('a record that cannot be written', () => {
  const mounts: [string, (nic: TestNic) => string][] = [
    ['because the folder is read-only', () => 'mount -t tmpfs -o ro none /var/lib/vlan-trunk'],
    [
      'because the disk is full',
      () =>
        'mount -t tmpfs -o size=4k none /var/lib/vlan-trunk; cat /dev/zero >/var/lib/vlan-trunk/.full 2>/dev/null || true',
    ],
  ];
  test.each(mounts)('%s: nothing is changed, with the words of the system', async (_, mount) => {
    const nic = await newNic();
    const before = await nic.links();
    await nic.sh(`mkdir -p /var/lib/vlan-trunk; ${mount(nic)}`);
    try {
      const { code, text } = await nic.run('apply', [{ vlanId: 50 }]);
      expect(code).toBe(1);
      expect(text).toContain("vlan-trunk: could not write to this host's disk, nothing was changed\n");
      expect(text).toMatch(/^vlan-trunk: .*(Read-only file system|No space left on device|I\/O error)/im);
      expect(await nic.links()).toBe(before);
      expect(await nic.records()).toBe('');
    } finally {
      await nic.sh('umount /var/lib/vlan-trunk; rmdir /var/lib/vlan-trunk 2>/dev/null || true');
    }
  });

  test('at the removal is an error, and the next one ends well', async () => {
    const nic = await newNic();
    await nic.run('apply', [{ vlanId: 50 }]);
    await nic.sh(
      'mount --bind /var/lib/vlan-trunk /var/lib/vlan-trunk && mount -o remount,bind,ro /var/lib/vlan-trunk',
    );
    try {
      const { code, text } = await nic.remove();
      expect(code).toBe(1);
      expect(text).toContain(
        "vlan-trunk: could not write to this host's disk: make that possible (df, mount) and run the same command again\n",
      );
    } finally {
      await nic.sh('umount /var/lib/vlan-trunk');
    }
    expect(await nic.records()).not.toBe('');
    expect((await nic.remove()).code).toBe(0);
    expect(await nic.records()).toBe('');
  });
});

describe('what another person set up', () => {
  test.each([
    ['like a VLAN', ' vlan protocol 802.1Q id 50'],
    ['like a VLAN, after a backslash', '\\    vlan protocol 802.1Q id 50'],
  ])('a NIC whose alias reads %s is a NIC', async (_, alias) => {
    const nic = await newNic();
    await nic.sh(`ip link set ${nic.name} alias '${alias}'; ip link set ${nic.name}x alias '${alias}'`);
    expect(await nic.run('check', [{ vlanId: 50, mtu: 1400 }])).toEqual({ code: 0, text: '' });
    expect((await nic.run('apply', [{ vlanId: 50, mtu: 1400 }])).code).toBe(0);
    expect((await nic.remove()).code).toBe(0);
    expect(await nic.link('.50')).toBe('');
    expect(await nic.link('')).toContain(`alias ${alias}`);
  });

  test('a VLAN of others whose alias only begins like ours is never deleted', async () => {
    const nic = await newNic();
    await nic.sh(
      `ip link add link ${nic.name} name ${nic.name}.50 type vlan id 50; ip link set ${nic.name}.50 alias 'vlan-trunk no more'`,
    );
    expect((await nic.run('apply', [{ vlanId: 50 }])).code).toBe(0);
    expect((await nic.remove()).code).toBe(0);
    expect(await nic.link('.50')).toContain('alias vlan-trunk no more');
  });

  test('routes to the same destination of higher metrics stand beside ours, and stay', async () => {
    const nic = await newNic();
    const at = (last: number) => nic.address(last).replace('/24', '');
    const toV6 = `fd78:${nic.name.slice(2)}::/64`;
    const v6 = (last: number) => `fd77:${nic.name.slice(2)}::${last}`;
    const own = {
      vlanId: 50,
      addresses: [nic.address(1), `${v6(1)}/64`],
      routes: [
        { destination: nic.behind('0/25'), gateway: at(9) },
        { destination: toV6, gateway: v6(9) },
      ],
    };
    // Over another link, before ours is there.
    await nic.sh(`ip route add ${nic.behind('0/25')} dev ${nic.name} metric 100`);
    expect(await nic.run('apply', [own])).toMatchObject({ code: 0 });
    // Over the same link, beside ours.
    const link = `${nic.name}.50`;
    await nic.sh(
      `ip route add ${nic.behind('0/25')} via ${at(8)} dev ${link} metric 7; ip -6 route add ${toV6} via ${v6(8)} dev ${link} metric 2048`,
    );
    const all = (await nic.routes()).split('\n');
    expect(all).toHaveLength(5);
    expect(await nic.run('apply', [own])).toMatchObject({ code: 0 });
    expect((await nic.routes()).split('\n')).toEqual(all);
    // Ours go, and no other.
    expect(await nic.run('apply', [{ ...own, routes: [] }])).toMatchObject({ code: 0 });
    expect((await nic.routes()).split('\n')).toEqual(all.filter((route) => !route.includes('proto static')));
    await nic.remove();
  });

  test('an IPv6 route of a lower metric, which packets would take instead of ours, is a contradiction', async () => {
    const nic = await newNic();
    const to = `fd78:${nic.name.slice(2)}::/64`;
    const prefix = `fd77:${nic.name.slice(2)}`;
    await nic.sh(`ip -6 route add ${to} dev ${nic.name} metric 5`);
    const { code, text } = await nic.run('apply', [
      { vlanId: 50, addresses: [`${prefix}::1/64`], routes: [{ destination: to, gateway: `${prefix}::9` }] },
    ]);
    expect(code).toBe(1);
    expect(text).toContain(
      `vlan-trunk: ${to} is already routed over ${nic.name} with metric 5, declared is ${nic.name}.50\n`,
    );
    expect(await nic.link('.50')).toBe('');
  });
});

test('a shim that waits for its IPv6 address does not hold the lock', async () => {
  const nic = await newNic();
  const shim = { network: nic.network(), addresses: [`fd77:${nic.name.slice(2)}::fa`] };
  // The kernel asks for four to five seconds whether another machine has the address, longer than the apply before it on a slow host.
  const asking = (times: number) => nic.sh(`echo ${times} >/proc/sys/net/ipv6/conf/default/dad_transmits`);
  await asking(4);
  const asks = `ip -o -6 addr show dev ${nic.name}-shim tentative 2>/dev/null | grep -q fd77`;
  const [applied, free] = await Promise.all([
    nic.runShim('apply', shim),
    nic.sh(`timeout 20 sh -c 'until ${asks}; do :; done
      while ${asks}; do if flock -n /var/lib true && ${asks}; then echo free; exit; fi; done; echo held'`),
  ]);
  expect(applied).toEqual({ code: 0, text: `as declared: ${nic.name}-shim\n` });
  await asking(1);
  expect(free).toBe('free');
  await nic.sh(untilInShell(`! ${asks}`));
  await nic.removeShim();
});

test('a program in a folder that only the PATH of the user names is found', async () => {
  const nic = await newNic();
  const folder = await fakeIp(nic, 0);
  expect((await nic.run('apply', [{ vlanId: 50 }], { path: folder })).code).toBe(0);
  expect(await calls(nic)).toBeGreaterThan(0);
});

test('a Docker that does not answer keeps its networks, so a removal takes nothing away until it does, or is not there', async () => {
  const nic = await newNic();
  const label = '0b8c8a3e-6a49-4a25-9a4b-9a6e3a1f1d10';
  expect((await nic.run('apply', [{ vlanId: 50 }])).code).toBe(0);
  const before = [await nic.links(), await nic.records()];
  const path = `/run/${nic.name}-silent`;
  await nic.sh(`mkdir ${path}; printf '#!/bin/sh\nexit 1\n' >${path}/docker; chmod +x ${path}/docker`);
  const { code, text } = await nic.remove({ label, path });
  expect([code, text]).toEqual([1, expect.stringContaining('vlan-trunk: Docker does not answer on this host')]);
  expect([await nic.links(), await nic.records()]).toEqual(before);
  await nic.sh('mv /usr/sbin/dockerd /usr/sbin/dockerd.away');
  try {
    expect(await nic.remove({ label, path })).toMatchObject({ code: 0 });
  } finally {
    await nic.sh('mv /usr/sbin/dockerd.away /usr/sbin/dockerd');
  }
  expect(await nic.link('.50')).toBe('');
});
