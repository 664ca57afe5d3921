import { reported } from './monitor';
import { TestNic } from './nic';

/** The host's own leg into a network, on real links. One NIC a test, so that none sees the links of another. */
const nics: TestNic[] = [];

/** Names and subnets apart from those of the trunk's tests. */
async function newNic(host = 'n5'): Promise<TestNic> {
  const nic = new TestNic(host, `vs${100 + nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

afterAll(async () => {
  // One after the other: sshd takes ten sessions on one connection.
  for (const nic of nics) await nic.unplug();
});

/** The addresses of `TestNic.network`, short. */
function addressesOf(nic: TestNic) {
  const number = nic.name.replace(/\D/g, '');
  return {
    v4: `10.77.${number}.250`,
    second: `10.77.${number}.251`,
    v6: `fd77:${number}::fa`,
    range4: `10.77.${number}.64/26`,
    range6: `fd77:${number}::1:0/112`,
    container: `10.77.${number}.70`,
    subnet: `10.77.${number}.0/24`,
  };
}

describe('a shim', () => {
  test.each([
    ['macvlan', {}, /macvlan mode bridge /],
    ['ipvlan', { driver: 'ipvlan' as const, mode: 'l2' as const }, /ipvlan +mode l2 bridge /],
  ])('of an %s network is made, changed by no second run, and gone without a trace', async (kind, more, type) => {
    const nic = await newNic();
    const { v4, v6, range4, range6 } = addressesOf(nic);
    const shim = { network: nic.network('', more), addresses: [v4, v6] };
    const before = await nic.links();
    expect(await nic.runShim('apply', shim)).toEqual({ code: 0, text: `as declared: ${nic.name}-shim\n` });
    expect(await nic.link('-shim')).toMatch(/<.*\bUP\b.*> mtu 1500 /);
    expect(await nic.link('-shim')).toMatch(type);
    expect(await nic.addresses('-shim')).toBe(`${v4}/32`);
    expect((await nic.routes()).split('\n')).toEqual([
      expect.stringMatching(`^${range4} dev ${nic.name}-shim proto static scope link src ${v4}$`),
      expect.stringMatching(`^${range6} dev ${nic.name}-shim proto static metric 1024`),
    ]);
    const inOrder = kind === 'macvlan' ? ['1', '2'] : ['0', '0'];
    expect([
      await nic.sysctl('-shim', 'ipv4.arp_ignore'),
      await nic.sysctl('-shim', 'ipv4.arp_announce'),
      await nic.sysctl('-shim', 'ipv4.rp_filter'),
      await nic.sysctl('-shim', 'ipv6.accept_ra'),
    ]).toEqual([...inOrder, '2', '0']);

    const changes = await reported(nic, 'link address route', async () =>
      expect((await nic.runShim('apply', shim)).code).toBe(0),
    );
    expect(changes).not.toContain('-shim');

    expect(await nic.removeShim()).toEqual({ code: 0, text: '' });
    expect(await nic.links()).toBe(before);
    expect(await nic.routes()).toBe('');
    expect(await nic.records()).toBe('');
  });

  test("sits on a VLAN of another owner's record, and leaves it alone when it goes", async () => {
    const nic = await newNic();
    const { v4 } = addressesOf(nic);
    const shim = { network: nic.network('.50'), addresses: [v4] };
    // Before the trunk is made nothing is wrong with a parent that the program declares; anything else is.
    expect(await nic.runShim('check', shim, { isParentDeclared: true })).toEqual({ code: 0, text: '' });
    const missing = `vlan-trunk: there is no interface ${nic.name}.50 on this host, it has `;
    expect((await nic.runShim('check', shim)).text).toContain(missing);
    expect((await nic.runShim('apply', shim, { isParentDeclared: true })).text).toContain(missing);

    await nic.run('apply', [{ vlanId: 50 }]);
    const before = await nic.links();
    expect((await nic.runShim('apply', shim, { isParentDeclared: true })).code).toBe(0);
    expect(await nic.link('.50-shim')).toContain(`${nic.name}.50-shim@${nic.name}.50: `);
    expect((await nic.removeShim()).code).toBe(0);
    expect(await nic.links()).toBe(before);
    await nic.remove();
    expect(await nic.records()).toBe('');
  });

  test('changes addresses, routes and settings in place, and leaves alone what it did not give', async () => {
    const nic = await newNic();
    const { v4, second, v6, container } = addressesOf(nic);
    const link = `${nic.name}-shim`;
    const network = nic.network();
    await nic.runShim('apply', { network, addresses: [v4, v6] });
    await nic.sh(
      `ip addr add ${nic.behind('7/32')} dev ${link}; ip route add ${nic.behind('0/25')} dev ${link}
       echo 0 >/proc/sys/net/ipv4/conf/${link}/arp_ignore; echo 1 >/proc/sys/net/ipv6/conf/${link}/accept_ra`,
    );
    const [index] = /^\d+/.exec(await nic.link('-shim')) ?? [];
    expect(await nic.runShim('apply', { network, addresses: [second], routes: [container] })).toMatchObject({
      code: 0,
    });
    expect(await nic.link('-shim')).toMatch(new RegExp(`^${index}: `));
    expect((await nic.addresses('-shim')).split('\n').sort()).toEqual([`${second}/32`, nic.behind('7/32')]);
    expect(await nic.sh(`ip -6 addr show dev ${link} scope global`)).toBe('');
    expect((await nic.routes()).split('\n')).toEqual([
      `${container} dev ${link} proto static scope link src ${second}`,
      `${nic.behind('0/25')} dev ${link} scope link`,
    ]);
    expect(await nic.sysctl('-shim', 'ipv4.arp_ignore')).toBe('1');
    expect(await nic.sysctl('-shim', 'ipv6.accept_ra')).toBe('0');
    // The same route from another address of the shim.
    expect(await nic.runShim('apply', { network, addresses: [v4], routes: [container] })).toMatchObject({ code: 0 });
    expect(await nic.routes()).toContain(`${container} dev ${link} proto static scope link src ${v4}\n`);
  });

  test.each(['up', 'down'])(
    'that was there before (%s) and fits is used, and after the removal as it was',
    async (state) => {
      const nic = await newNic();
      const { v4, second, container } = addressesOf(nic);
      const link = `${nic.name}-shim`;
      await nic.sh(`ip link add link ${nic.name} name ${link} type macvlan mode bridge; ip link set ${link} ${state}`);
      // With its own address, since the kernel takes all routes of a link away together with its last one.
      if (state === 'up') await nic.sh(`ip addr add ${second}/32 dev ${link}; ip route add ${container} dev ${link}`);
      const facts = async () => [await nic.links(), await nic.addresses('-shim'), await nic.routes()];
      const before = await facts();
      const shim = { network: nic.network(), addresses: [v4] };
      expect((await nic.runShim('apply', shim)).code).toBe(0);
      expect(await nic.link('-shim')).toMatch(/<[^>]*\bUP\b/);
      // The settings of somebody else's link are somebody else's.
      expect(await nic.sysctl('-shim', 'ipv4.arp_ignore')).toBe('0');
      expect((await nic.removeShim()).code).toBe(0);
      expect(await facts()).toEqual(before);
      expect(await nic.records()).toBe('');
    },
  );

  test('that two owners share has the addresses and routes of those that are left', async () => {
    const nic = await newNic();
    const { v4, second, container, range4 } = addressesOf(nic);
    const [one, other] = [`${nic.name}-a`, `${nic.name}-b`];
    const network = nic.network();
    const shims = {
      [one]: { network, addresses: [v4] },
      [other]: { network, addresses: [v4, second], routes: [container, range4] },
    };
    for (const [owner, shim] of Object.entries(shims)) await nic.runShim('apply', shim, { owner });
    await nic.removeShim({ owner: one });
    expect(await nic.addresses('-shim')).toBe(`${v4}/32\n${second}/32`);
    expect((await nic.routes()).split('\n')).toHaveLength(2);
    await nic.runShim('apply', shims[one]!, { owner: one });
    await nic.removeShim({ owner: other });
    expect(await nic.addresses('-shim')).toBe(`${v4}/32`);
    expect(await nic.routes()).toMatch(new RegExp(`^${range4} .*$`));
    await nic.removeShim({ owner: one });
    expect(await nic.link('-shim')).toBe('');
    expect(await nic.records()).toBe('');
  });
});

test('of another name and kind than before is no contradiction: the old one goes first', async () => {
  const nic = await newNic();
  const { v4 } = addressesOf(nic);
  await nic.runShim('apply', { network: nic.network(), addresses: [v4] });
  const ipvlan = nic.network('', {
    driver: 'ipvlan',
    mode: 'l3',
    subnets: [{ ...nic.network().subnets[0]!, gateway: 'none' }],
  });
  for (const shim of [
    { network: ipvlan, addresses: [v4] },
    { network: ipvlan, addresses: [v4], interfaceName: `${nic.name}-other` },
    { network: nic.network(), addresses: [v4], interfaceName: `${nic.name}-other` },
  ]) {
    expect(await nic.runShim('check', shim)).toEqual({ code: 0, text: '' });
    // Of another owner's shim it is one.
    expect((await nic.runShim('check', shim, { owner: `${nic.name}-x` })).code).toBe(1);
    expect((await nic.runShim('apply', shim)).code).toBe(0);
  }
  expect(await nic.link('-shim')).toBe('');
  expect(await nic.addresses('-other')).toBe(`${v4}/32`);
});

describe('refused before anything is changed:', () => {
  /** What the host has, what is declared beside it, and what is said; X is the NIC, S its subnet without the last byte. */
  test.each<[string, string, object, string]>([
    [
      'a link of another kind',
      'ip link add link X name X-shim type vlan id 9',
      {},
      'X-shim is already there as no macvlan, declared is macvlan bridge on X',
    ],
    [
      'a shim in another mode',
      'ip link add link X name X-shim type macvlan mode vepa',
      {},
      'X-shim is already there as macvlan vepa on X, declared is macvlan bridge on X',
    ],
    [
      'a shim of another parent',
      'ip link add link Xx name X-shim type macvlan mode bridge',
      {},
      'X-shim is already there as macvlan bridge on Xx, declared is macvlan bridge on X',
    ],
    [
      'an ipvlan in another mode, which is the mode of all',
      'ip link add link X name Xi type ipvlan mode l3',
      { driver: 'ipvlan' },
      'X-shim: Xi is already there as ipvlan l3 bridge on X, and all ipvlan of one parent have one mode',
    ],
    [
      'an address that another link has, with whatever prefix length',
      'ip addr add S.250/24 dev X',
      {},
      'S.250/32 is already on X as S.250/24, declared is X-shim',
    ],
    [
      'a route that another link has',
      'ip route add S.64/26 dev X',
      {},
      'S.64/26 is already routed over X, declared is X-shim',
    ],
    [
      'a route that leads nowhere on purpose',
      'ip route add blackhole S.64/26',
      {},
      'S.64/26 is already routed over blackhole, declared is X-shim',
    ],
    [
      "somebody else's route over the same link, another way",
      'ip link add link X name X-shim type macvlan mode bridge; ip link set X-shim up; ip addr add S.9/32 dev X-shim; ip route add S.64/26 dev X-shim src S.9',
      {},
      'S.64/26 is already routed over X-shim directly from S.9, declared is directly from S.250',
    ],
  ])('%s', async (_, setUp, more, message) => {
    const nic = await newNic();
    const { v4, subnet } = addressesOf(nic);
    const named = (text: string) => text.replace(/\bX/g, nic.name).replace(/\bS\b/g, subnet.replace(/\.0\/24$/, ''));
    await nic.sh(named(setUp));
    try {
      const before = [await nic.links(), await nic.routes()];
      for (const action of ['check', 'apply'] as const) {
        const { code, text } = await nic.runShim(action, { network: nic.network('', more), addresses: [v4] });
        expect(text).toContain(`vlan-trunk: ${named(message)}\n`);
        expect(code).toBe(1);
        expect([await nic.links(), await nic.routes()]).toEqual(before);
        expect(await nic.records()).toBe('');
      }
    } finally {
      await nic.sh(named('ip route del blackhole S.64/26 2>/dev/null || true'));
    }
  });

  test.each([
    ['over ssh', '10.88.0', '10.88.0.0/28', {}, '10.88.0.1'],
    ['by a user with sudo', '10.88.0', '10.88.0.0/28', { user: 'ops', sudo: true }, '10.88.0.1'],
    ['by IPv4 in IPv6 words', '10.88.0', '10.88.0.0/28', { peer: '::ffff:10.88.0.1' }, '10.88.0.1'],
    ['by IPv6', 'fd88', 'fd88::8000/114', { peer: 'fd88::bfff' }, 'fd88::bfff'],
    ['by IPv6, in the first half of a group', 'fd88', 'fd88::1:0/112', { peer: 'fd88::1:ffff%eth0' }, 'fd88::1:ffff'],
  ])('a route that holds the address that we are connected from: %s', async (_, prefix, route, how, peer) => {
    const nic = await newNic();
    const isIpv6 = prefix.startsWith('fd');
    const own = isIpv6 ? `${prefix}::fa` : `${prefix}.250`;
    const network = nic.network('', {
      subnets: [
        { subnet: isIpv6 ? `${prefix}::/64` : `${prefix}.0/24`, gateway: 'none', auxiliaryAddresses: { shim: own } },
      ],
    });
    const shim = { network, addresses: [own], routes: [route] };
    const message = `vlan-trunk: ${route} over ${nic.name}-shim holds ${peer}, from where this host is reached: it could be cut off\n`;
    for (const action of ['check', 'apply'] as const) {
      expect((await nic.runShim(action, shim, how)).text).toContain(message);
      expect(await nic.link('-shim')).toBe('');
    }
  });

  test('and no route beside that address', async () => {
    const nic = await newNic();
    const own = 'fd89::fa';
    const network = nic.network('', {
      subnets: [{ subnet: 'fd89::/64', gateway: 'none', auxiliaryAddresses: { shim: own } }],
    });
    const shim = { network, addresses: [own], routes: ['fd89::8000/114'] };
    for (const peer of ['fd89::7fff', 'fd89::c000', '10.88.0.1', 'fd89::1:8000', '::1'])
      expect(await nic.runShim('check', shim, { peer })).toEqual({ code: 0, text: '' });
  });
});

test('an address that another machine answers for is told, and all is undone', async () => {
  const nic = await newNic();
  const { v6 } = addressesOf(nic);
  await nic.sh(
    `ip netns add ${nic.name} && ip link set ${nic.name}x netns ${nic.name} && ip -n ${nic.name} link set ${nic.name}x up
     ip -n ${nic.name} addr add ${v6}/64 dev ${nic.name}x nodad`,
  );
  try {
    const before = await nic.links();
    const { code, text } = await nic.runShim('apply', { network: nic.network(), addresses: [v6] });
    expect(text).toContain(`vlan-trunk: ${v6}/128 is taken by another machine on ${nic.name}-shim\n`);
    expect(code).toBe(1);
    expect(await nic.links()).toBe(before);
    expect(await nic.routes()).toBe('');
  } finally {
    await nic.sh(`ip netns del ${nic.name}`);
  }
});

describe('when a step fails, the steps before it are undone:', () => {
  /** IPv6 switched off for links to come: what no check foresees. */
  const default6 = '/proc/sys/net/ipv6/conf/default/disable_ipv6';

  test('a new shim is gone with all that was on it', async () => {
    const nic = await newNic();
    const { v4, v6 } = addressesOf(nic);
    const before = await nic.links();
    await nic.sh(`echo 1 >${default6}`);
    try {
      const { code, text } = await nic.runShim('apply', { network: nic.network(), addresses: [v4, v6] });
      expect(code).toBe(1);
      expect(text).toContain('ip failed: ');
      expect(text).toContain('undone: the links are as they were before');
    } finally {
      await nic.sh(`echo 0 >${default6}`);
    }
    expect(await nic.links()).toBe(before);
    expect(await nic.routes()).toBe('');
    expect(await nic.records()).toBe('');
  });

  test('one that was there has its own addresses, routes and settings again, and so has its record', async () => {
    const nic = await newNic();
    const { v4, second, v6, container } = addressesOf(nic);
    const link = `${nic.name}-shim`;
    const network = nic.network();
    const shim = { network, addresses: [v4] };
    await nic.runShim('apply', shim);
    // Somebody's route from the address that goes: the kernel takes it away as well.
    await nic.sh(
      `ip route add ${nic.behind('0/25')} dev ${link} src ${v4} metric 7
       echo 0 >/proc/sys/net/ipv4/conf/${link}/arp_ignore; echo 1 >/proc/sys/net/ipv6/conf/${link}/disable_ipv6`,
    );
    const before = [await nic.links(), await nic.addresses('-shim'), await nic.routes()];
    const { code, text } = await nic.runShim('apply', {
      network,
      addresses: [second, v6],
      routes: [container, `${v6.slice(0, -2)}1:7`],
    });
    expect(code).toBe(1);
    expect(text).toContain('undone: the links are as they were before');
    expect([await nic.links(), await nic.addresses('-shim'), await nic.routes()]).toEqual(before);
    expect(await nic.sysctl('-shim', 'ipv4.arp_ignore')).toBe('0');
    await nic.removeShim();
    expect(await nic.link('-shim')).toBe('');
    expect(await nic.records()).toBe('');
  });
});
