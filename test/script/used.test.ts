import { TestNic } from './nic';

/** Whether a NIC or an adopted link that was down goes down again at the end. One NIC a test. */
const nics: TestNic[] = [];

/** Names and subnets apart from those of the other tests. */
async function newNic(host = 'n5'): Promise<TestNic> {
  const nic = new TestNic(host, `vu${180 + nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

afterAll(async () => {
  for (const nic of nics) {
    await nic.sh(`ip netns del ${nic.name} 2>/dev/null; ip link del ${nic.name}br 2>/dev/null || true`);
    await nic.unplug();
  }
});

const isUp = async (nic: TestNic, suffix: string) => /<[^>]*\bUP\b/.test(await nic.link(suffix));

/** What another program does with a link L in between, in subnets P and fdQ that only this test has. */
const uses: [string, string][] = [
  ['a VLAN', 'ip link add link L name Lv type vlan id 99; ip link set Lv up'],
  ['a macvlan', 'ip link add link L name Lv type macvlan mode bridge; ip link set Lv up'],
  [
    'a macvlan in another network namespace',
    'ip netns add N; ip link add link L name Lv type macvlan mode bridge; ip link set Lv netns N; ip -n N link set Lv up',
  ],
  [
    'an ipvlan in another network namespace',
    'ip netns add N; ip link add link L name Lv type ipvlan mode l2; ip link set Lv netns N; ip -n N link set Lv up',
  ],
  ['a bridge', 'ip link add Nbr type bridge; ip link set L master Nbr'],
  ['an address', 'ip addr add P.9/24 dev L'],
  ['an IPv6 address', 'ip addr add fdQ::9/64 dev L nodad'],
  ['a route', 'ip route add P.128/25 dev L'],
  ['an IPv6 route', 'ip -6 route add fdQ:9::/64 dev L'],
];

const doAs = (nic: TestNic, link: string, script: string) =>
  nic.sh(
    script
      .replace(/\bL/g, link)
      .replace(/\bN/g, nic.name)
      .replace(/\bP\./g, nic.behind(''))
      .replace(/\bfdQ\b/g, `fd79:${nic.name.slice(2)}`),
  );

describe('a parent that was down', () => {
  test.each(uses)('stays up while another program has %s on it', async (_, script) => {
    const nic = await newNic();
    await nic.sh(`ip link set ${nic.name} down`);
    await nic.run('apply', [{ vlanId: 50 }]);
    await doAs(nic, nic.name, script);
    expect(await nic.remove()).toMatchObject({ code: 0 });
    expect([await nic.link('.50'), await isUp(nic, ''), await nic.records()]).toEqual(['', true, '']);
  });

  test('stays up while this host is reached over it', async () => {
    const nic = await newNic();
    await nic.sh(`ip link set ${nic.name} down; ip addr add ${nic.address(1)} dev ${nic.name}`);
    await nic.run('apply', [{ vlanId: 50 }]);
    const peer = nic.address(9).replace('/24', '');
    expect(await nic.remove({ peer })).toMatchObject({ code: 0 });
    expect([await isUp(nic, ''), await nic.records()]).toEqual([true, '']);
  });

  test('goes down again in spite of what was on it before, and of links on it that are down', async () => {
    const nic = await newNic();
    await nic.sh(
      `ip link set ${nic.name} down; ip addr add ${nic.address(1)} dev ${nic.name}
       ip link add link ${nic.name} name ${nic.name}.40 type vlan id 40; ip link add link ${nic.name} name ${nic.name}m type macvlan`,
    );
    const before = [await nic.links(), await nic.addresses('')];
    // An adopted link, which was down too, and one of ours.
    await nic.run('apply', [{ vlanId: 40, addresses: [nic.behind('1/24')] }, { vlanId: 50 }]);
    expect([await isUp(nic, ''), await isUp(nic, '.40')]).toEqual([true, true]);
    const rest = [{ vlanId: 40, addresses: [nic.behind('1/24')] }];
    for (const action of ['apply', 'sweep'] as const) await nic.run(action, rest);
    expect([await nic.link('.50'), await isUp(nic, ''), await isUp(nic, '.40')]).toEqual(['', true, true]);
    await nic.remove();
    expect([await nic.links(), await nic.addresses(''), await nic.records()]).toEqual([...before, '']);
  });

  test('goes down with the last of two owners, whoever that is', async () => {
    const nic = await newNic();
    await nic.sh(`ip link set ${nic.name} down`);
    const trunks = ['a', 'b'].map((name) => ({ trunk: `${nic.name}-${name}` }));
    const [a, b] = [[{ vlanId: 50 }], [{ vlanId: 60 }]];
    await nic.run('apply', a, trunks[0]);
    await nic.run('apply', b, trunks[1]);
    await nic.remove(trunks[0]);
    expect(await isUp(nic, '')).toBe(true);
    await nic.remove(trunks[1]);
    expect([await isUp(nic, ''), await nic.records()]).toEqual([false, '']);
  });
});

describe('an adopted link that was down', () => {
  test.each(uses)('stays up while another program has %s on it', async (_, script) => {
    const nic = await newNic();
    const link = `${nic.name}.50`;
    await nic.sh(`ip link add link ${nic.name} name ${link} type vlan id 50`);
    await nic.run('apply', [{ vlanId: 50, addresses: [nic.address(1)] }]);
    await doAs(nic, link, script);
    expect(await nic.remove()).toMatchObject({ code: 0 });
    expect([await isUp(nic, '.50'), await nic.records()]).toEqual([true, '']);
    expect(await nic.addresses('.50')).not.toContain(nic.address(1));
  });
});
