import { reported } from './monitor';
import { TestNic } from './nic';

/** One NIC a test, so that none sees the links of another. */
const nics: TestNic[] = [];

async function newNic(host = 'n5'): Promise<TestNic> {
  const nic = new TestNic(host, `vt${nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

afterAll(async () => {
  // One after the other: sshd takes ten sessions on one connection.
  for (const nic of nics) await nic.unplug();
});

describe('apply', () => {
  test('makes links as declared, and a second run changes nothing', async () => {
    const nic = await newNic();
    const vlans = [
      { vlanId: 50, addresses: [nic.address(1), nic.address(2), 'fe80::77/64'] },
      { vlanId: 60, mtu: 1400, addresses: ['fe80::77/64'] },
      { vlanId: 70, protocol: '802.1ad' as const },
    ];
    expect(await nic.run('apply', vlans)).toEqual({
      code: 0,
      text: `as declared: ${nic.name}.50 ${nic.name}.60 ${nic.name}.70\n`,
    });
    expect(await nic.link('.50')).toMatch(/<.*\bUP\b.*> mtu 1500 .*vlan protocol 802.1Q id 50 /);
    expect(await nic.link('.60')).toMatch(/mtu 1400 .*vlan protocol 802.1Q id 60 /);
    expect(await nic.link('.70')).toMatch(/vlan protocol 802.1ad id 70 /);
    expect(await nic.addresses('.50')).toBe(`${nic.address(1)}\n${nic.address(2)}`);
    // A router has the same link-local address on every VLAN.
    expect(await nic.sh(`ip -o -6 addr show | grep -c '${nic.name}\\.[56]0 .*fe80::77/64'`)).toBe('2');

    const before = await nic.links();
    const changes = await reported(nic, 'link address', async () =>
      expect((await nic.run('apply', vlans)).code).toBe(0),
    );
    expect(changes).not.toContain(`${nic.name}.`);
    expect(await nic.links()).toBe(before);
  });

  test('changes an MTU and addresses in place, and leaves addresses alone that it did not give', async () => {
    const nic = await newNic();
    await nic.run('apply', [{ vlanId: 50, addresses: [nic.address(1), nic.address(2)] }]);
    await nic.sh(`ip addr add 198.51.100.7/24 dev ${nic.name}.50`);
    const [before] = /^\d+/.exec(await nic.link('.50')) ?? [];
    expect(
      await nic.run('apply', [{ vlanId: 50, mtu: 1300, addresses: [nic.address(2), nic.address(3)] }]),
    ).toMatchObject({ code: 0 });
    expect(await nic.link('.50')).toMatch(new RegExp(`^${before}: .* mtu 1300 `));
    expect((await nic.addresses('.50')).split('\n').sort()).toEqual([
      nic.address(2),
      nic.address(3),
      '198.51.100.7/24',
    ]);
    // Left out again, the MTU is the parent's again.
    await nic.run('apply', [{ vlanId: 50 }]);
    expect(await nic.link('.50')).toContain(' mtu 1500 ');
    expect(await nic.addresses('.50')).toBe('198.51.100.7/24');
  });

  test('brings up a parent that was down, and the last removal takes it down again', async () => {
    const nic = await newNic();
    await nic.sh(`ip link set ${nic.name} down`);
    expect((await nic.run('apply', [{ vlanId: 50 }, { vlanId: 60 }])).code).toBe(0);
    expect(await nic.link('')).toMatch(/<[^>]*\bUP\b/);
    for (const action of ['apply', 'sweep'] as const) await nic.run(action, [{ vlanId: 60 }]);
    expect(await nic.link('.50')).toBe('');
    expect(await nic.link('')).toMatch(/<[^>]*\bUP\b/);
    await nic.remove();
    expect(await nic.link('')).not.toMatch(/<[^>]*\bUP\b/);
    expect(await nic.records()).toBe('');
  });

  test('makes a hundred links in one run', async () => {
    const nic = await newNic();
    const vlans = Array.from({ length: 100 }, (_, index) => ({ vlanId: index + 1 }));
    expect((await nic.run('apply', vlans)).code).toBe(0);
    const count = `ip -o link show type vlan | grep -c '@${nic.name}:' || true`;
    expect(await nic.sh(count)).toBe('100');
    expect((await nic.remove()).code).toBe(0);
    expect(await nic.sh(count)).toBe('0');
  });

  test('run twice at the same time ends as if run once after the other', async () => {
    const nic = await newNic();
    const vlans = [{ vlanId: 50 }, { vlanId: 60 }];
    const both = await Promise.all([nic.run('apply', vlans), nic.run('apply', vlans)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
  });

  test('runs as a user with sudo, and without sudo says what is missing', async () => {
    const nic = await newNic();
    expect(await nic.run('apply', [{ vlanId: 50 }], { user: 'ops', sudo: true })).toMatchObject({ code: 0 });
    expect(await nic.link('.50')).toContain('vlan protocol 802.1Q id 50');
    expect(await nic.run('apply', [{ vlanId: 60 }], { user: 'guest' })).toEqual({
      code: 1,
      text: 'vlan-trunk: needs root on this host and runs as guest: set sudo on the Host\n',
    });
    expect(await nic.link('.60')).toBe('');
  });
});

describe('what was there before', () => {
  test('and fits is used, brought up, and after the removal as it was', async () => {
    const nic = await newNic();
    await nic.sh(`ip link add link ${nic.name} name ${nic.name}.50 type vlan id 50`);
    const before = await nic.links();
    expect((await nic.run('apply', [{ vlanId: 50, addresses: [nic.address(1)] }])).code).toBe(0);
    expect(await nic.link('.50')).toMatch(/<[^>]*\bUP\b/);
    expect(await nic.addresses('.50')).toBe(nic.address(1));
    expect((await nic.remove()).code).toBe(0);
    expect(await nic.links()).toBe(before);
    expect(await nic.addresses('.50')).toBe('');
  });

  test.each([
    [
      'with another VLAN ID',
      'vt.60',
      61,
      {},
      'X.60 is already there as VLAN 61 (802.1Q) on X, declared is VLAN 60 (802.1Q) on X',
    ],
    [
      'under another name',
      'plant',
      60,
      {},
      'VLAN 60 (802.1Q) on X is already there as plant, declared is X.60: give that interfaceName to use it',
    ],
    [
      'with another MTU',
      'vt.60',
      60,
      { mtu: 1400 },
      'X.60 was not made by vlan-trunk and has MTU 1500, declared is 1400: leave mtu out to use it as it is',
    ],
  ])('%s is refused before anything is changed', async (_, name, id, more, message) => {
    const nic = await newNic();
    const link = name.replace('vt', nic.name);
    await nic.sh(`ip link add link ${nic.name} name ${link} type vlan id ${id}`);
    const before = await nic.links();
    for (const action of ['check', 'apply'] as const) {
      const { code, text } = await nic.run(action, [{ vlanId: 50 }, { vlanId: 60, ...more }]);
      expect(code).toBe(1);
      expect(text).toContain(`vlan-trunk: ${message.replaceAll('X', nic.name)}\n`);
      expect(await nic.links()).toBe(before);
      expect(await nic.records()).toBe('');
    }
  });

  test('an MTU above the parent, an address of another link, a missing parent: all told, nothing changed', async () => {
    const nic = await newNic();
    await nic.sh(`ip addr add 198.51.100.9/32 dev ${nic.name}`);
    const { code, text } = await nic.run('apply', [
      { vlanId: 50, mtu: 9000 },
      { vlanId: 60, addresses: ['198.51.100.9/32'] },
    ]);
    expect(code).toBe(1);
    expect(text).toContain(`${nic.name}.50: MTU 9000 is above the 1500 of ${nic.name}\n`);
    expect(text).toContain(`198.51.100.9/32 is already on ${nic.name}, declared is ${nic.name}.60\n`);
    expect(text).toContain('nothing was changed');
    expect(await nic.link('.60')).toBe('');

    const missing = await new TestNic('n5', 'nosuch0').run('check', [{ vlanId: 50 }]);
    expect(missing).toMatchObject({
      code: 1,
      text: expect.stringContaining('there is no interface nosuch0 on this host, it has eth0') as string,
    });
  });
});

describe('a host that forwards', () => {
  const settings = { IPv4: 'ipv4/ip_forward', IPv6: 'ipv6/conf/all/forwarding' };
  const warned = async (nic: TestNic, addresses: [string, string]) => {
    const vlans = addresses.map((address, index) => ({ vlanId: 50 + index, addresses: [address] }));
    const { code, text } = await nic.run('check', vlans);
    expect(code).toBe(0);
    return text.split('\n').flatMap((line) => /warning: the host forwards (\S+) .*/.exec(line)?.[1] ?? []);
  };
  /** With each of the settings as given, and then as it was. */
  async function forwarding<T>(nic: TestNic, values: Record<keyof typeof settings, number>, act: () => Promise<T>) {
    const files = (['IPv4', 'IPv6'] as const).map(
      (family) => [`/proc/sys/net/${settings[family]}`, values[family]] as const,
    );
    const before = await Promise.all(files.map(([file]) => nic.sh(`cat ${file}`)));
    for (const [file, value] of files) await nic.sh(`echo ${value} >${file}`);
    try {
      return await act();
    } finally {
      for (const [index, [file]] of files.entries()) await nic.sh(`echo ${before[index]} >${file}`);
    }
  }

  test('is told to be a router between VLANs, for each family that it forwards and has on two of them', async () => {
    // Where no other test leaves VLANs with addresses.
    const nic = await newNic('n6');
    const both: [string, string][] = [
      [nic.address(1), '198.51.100.1/24'],
      ['2001:db8:50::1/64', '2001:db8:51::1/64'],
      [nic.address(1), '2001:db8:51::1/64'],
      ['fe80::1/64', 'fe80::2/64'],
    ];
    const all = (values: Record<keyof typeof settings, number>) =>
      forwarding(nic, values, async () => {
        const said: string[][] = [];
        for (const addresses of both) said.push(await warned(nic, addresses));
        return said;
      });
    expect(await all({ IPv4: 1, IPv6: 0 })).toEqual([['IPv4'], [], [], []]);
    expect(await all({ IPv4: 0, IPv6: 1 })).toEqual([[], ['IPv6'], [], []]);
    expect(await all({ IPv4: 0, IPv6: 0 })).toEqual([[], [], [], []]);
  });
});

test('when a step fails, the steps before it are undone, read back and told', async () => {
  const nic = await newNic();
  // A name that is free to look at and taken when used: what no check can foresee.
  await nic.sh(`ip link property add dev ${nic.name}x altname ${nic.name}.61`);
  await nic.run('apply', [{ vlanId: 50, mtu: 1400 }]);
  const before = await nic.links();
  const { code, text } = await nic.run('apply', [
    { vlanId: 50, mtu: 1300, addresses: [nic.address(1)] },
    { vlanId: 60 },
    { vlanId: 61 },
  ]);
  expect(code).toBe(1);
  expect(text).toContain('ip failed: ');
  expect(text).toContain('undone: the links are as they were before');
  expect(await nic.links()).toBe(before);
  expect(await nic.addresses('.50')).toBe('');
  expect(await nic.link('.60')).toBe('');
  // The record is the old one too: the link made first is still ours to remove.
  await nic.remove();
  expect(await nic.link('.50')).toBe('');
  expect(await nic.records()).toBe('');
});

describe('removal', () => {
  test('takes one link out of a running trunk and does not touch the other', async () => {
    const nic = await newNic();
    await nic.run('apply', [{ vlanId: 50 }, { vlanId: 60 }]);
    const [before, leaving] = [await nic.link('.50'), await nic.link('.60')];
    // It is there until the networks on it have gone.
    expect(await nic.run('apply', [{ vlanId: 50 }])).toMatchObject({ code: 0 });
    expect(await nic.link('.60')).toBe(leaving);
    expect(await nic.run('sweep', [{ vlanId: 50 }])).toEqual({ code: 0, text: '' });
    expect(await nic.link('.60')).toBe('');
    expect(await nic.link('.50')).toBe(before);
  });

  test('of a link that two trunks declare waits for the second', async () => {
    const nic = await newNic();
    await nic.run('apply', [{ vlanId: 50 }], { trunk: `${nic.name}-a` });
    await nic.run('apply', [{ vlanId: 50 }], { trunk: `${nic.name}-b` });
    await nic.remove({ trunk: `${nic.name}-a` });
    expect(await nic.link('.50')).toContain('id 50');
    await nic.remove({ trunk: `${nic.name}-b` });
    expect(await nic.link('.50')).toBe('');
    expect(await nic.records()).toBe('');
  });

  test('succeeds when nothing is left, and never takes a link that it did not make', async () => {
    const nic = await newNic();
    await nic.run('apply', [{ vlanId: 50 }]);
    await nic.sh(`ip link del ${nic.name}.50`);
    expect((await nic.remove()).code).toBe(0);
    expect((await nic.remove()).code).toBe(0);
    // Made in place of ours by another program, as another VLAN. The same VLAN is ours again: remade.test.ts.
    await nic.run('apply', [{ vlanId: 60 }]);
    await nic.sh(`ip link del ${nic.name}.60 && ip link add link ${nic.name} name ${nic.name}.60 type vlan id 61`);
    expect((await nic.remove()).code).toBe(0);
    expect(await nic.link('.60')).toContain('id 61');
  });
});

describe('routes over a VLAN', () => {
  test('are made, changed and taken away with what declares them, also on a link that was there before', async () => {
    const nic = await newNic();
    const link = `${nic.name}.50`;
    await nic.sh(`ip link add link ${nic.name} name ${link} type vlan id 50; ip link set ${link} up`);
    const at = (last: number) => nic.address(last).replace('/24', '');
    const vlan = (...routes: [string, number][]) => [
      {
        vlanId: 50,
        addresses: [nic.address(1)],
        routes: routes.map(([destination, last]) => ({ destination, gateway: at(last) })),
      },
    ];
    expect(await nic.run('apply', vlan([nic.behind('0/25'), 12], [nic.behind('207/32'), 13]))).toMatchObject({
      code: 0,
    });
    await nic.sh(`ip route add ${nic.behind('192/27')} dev ${link}`);
    expect((await nic.routes()).split('\n')).toEqual([
      `${nic.behind('0/25')} via ${at(12)} dev ${link} proto static`,
      `${nic.behind('192/27')} dev ${link} scope link`,
      `${nic.behind('207')} via ${at(13)} dev ${link} proto static`,
    ]);
    expect(await nic.run('apply', vlan([nic.behind('0/25'), 14]))).toMatchObject({ code: 0 });
    expect((await nic.routes()).split('\n')).toEqual([
      `${nic.behind('0/25')} via ${at(14)} dev ${link} proto static`,
      `${nic.behind('192/27')} dev ${link} scope link`,
    ]);
    await nic.remove();
    expect(await nic.routes()).toBe(`${nic.behind('192/27')} dev ${link} scope link`);
    expect(await nic.addresses('.50')).toBe('');
    expect(await nic.records()).toBe('');
  });

  test('of others outlive our last address on a link that was there before, or the change is undone', async () => {
    const nic = await newNic();
    const link = `${nic.name}.50`;
    await nic.sh(`ip link add link ${nic.name} name ${link} type vlan id 50; ip link set ${link} up`);
    const elsewhere = nic.behind('1/25');
    await nic.run('apply', [{ vlanId: 50, addresses: [nic.address(1)] }]);
    await nic.sh(`ip route add ${nic.behind('192/27')} dev ${link} metric 7`);
    const theirs = `${nic.behind('192/27')} dev ${link} scope link metric 7`;
    expect(await nic.run('apply', [{ vlanId: 50, addresses: [elsewhere] }])).toMatchObject({ code: 0 });
    expect([await nic.addresses('.50'), await nic.routes()]).toEqual([elsewhere, theirs]);

    // By a router that is nobody's neighbor any more without our address.
    const router = nic.behind('2');
    await nic.sh(`ip route add ${nic.behind('224/27')} via ${router} dev ${link}`);
    const before = [await nic.addresses('.50'), await nic.routes()];
    const { code, text } = await nic.run('apply', [{ vlanId: 50, addresses: [nic.address(1)] }]);
    expect(code).toBe(1);
    expect(text).toContain(
      `vlan-trunk: would be lost, and is not ours: route ${nic.behind('224/27')} via ${router} dev ${link}`,
    );
    expect(text).toContain('undone: the links are as they were before');
    expect([await nic.addresses('.50'), await nic.routes()]).toEqual(before);

    // Taking away never fails for it: what cannot be without our address goes.
    expect((await nic.remove()).code).toBe(0);
    expect([await nic.addresses('.50'), await nic.routes()]).toEqual(['', theirs]);
    expect(await nic.records()).toBe('');
  });

  test('a router that cannot be one: undone, with all that was changed before', async () => {
    const nic = await newNic();
    const at = (last: number) => nic.address(last).replace('/24', '');
    const route = (destination: string, last: number) => ({ destination, gateway: at(last) });
    const own = { vlanId: 50, addresses: [nic.address(1)], routes: [route(nic.behind('0/25'), 12)] };
    await nic.run('apply', [own]);
    // The host itself has the IPv6 router's address, elsewhere, which the kernel finds only at the last step.
    await nic.sh(
      `ip addr add 2001:db8:77::2/128 dev ${nic.name}x; ip route add ${nic.behind('192/27')} via ${at(14)} dev ${nic.name}.50`,
    );
    const before = [await nic.links(), await nic.addresses('.50'), await nic.routes()];
    const toItself = { destination: '2001:db8:78::/64', gateway: '2001:db8:77::2' };
    const { code, text } = await nic.run('apply', [
      {
        vlanId: 50,
        mtu: 1400,
        addresses: [nic.address(1), nic.address(2), '2001:db8:77::1/64'],
        routes: [route(nic.behind('128/25'), 13), toItself],
      },
      { vlanId: 60 },
    ]);
    expect(text).toContain('ip failed: ');
    expect(text).toContain('undone: the links are as they were before');
    expect(code).toBe(1);
    expect([await nic.links(), await nic.addresses('.50'), await nic.routes()]).toEqual(before);
    // The record is the old one too: the route made first is still ours.
    await nic.run('apply', [{ ...own, routes: [] }]);
    expect(await nic.routes()).toBe(`${nic.behind('192/27')} via ${at(14)} dev ${nic.name}.50`);
  });

  test('move with their address from one VLAN of the trunk to another', async () => {
    const nic = await newNic();
    const route = { destination: nic.behind('0/25'), gateway: nic.address(12).replace('/24', '') };
    const both = { addresses: [nic.address(1)], routes: [route] };
    await nic.run('apply', [{ vlanId: 50, ...both }, { vlanId: 60 }]);
    expect(await nic.run('apply', [{ vlanId: 50 }, { vlanId: 60, ...both }])).toMatchObject({ code: 0 });
    expect(await nic.routes()).toBe(`${route.destination} via ${route.gateway} dev ${nic.name}.60 proto static`);
    expect(await nic.addresses('.50')).toBe('');
  });
});

test("a router's advertisements are not listened to on a link that we made, and are nobody's business on any other", async () => {
  const nic = await newNic();
  await nic.sh(`ip link add link ${nic.name} name ${nic.name}.60 type vlan id 60`);
  expect(await nic.run('apply', [{ vlanId: 50 }, { vlanId: 60 }, { vlanId: 70, mtu: 1000 }])).toMatchObject({
    code: 0,
  });
  expect(await nic.sysctl('.50', 'ipv6.accept_ra')).toBe('0');
  expect(await nic.sysctl('.60', 'ipv6.accept_ra')).toBe('1');
});
