import { TestNic } from './nic';

/** Links that a record names as made by us, and that another program made anew behind our back. One NIC a test. */
const nics: TestNic[] = [];

/** Names and subnets apart from those of the other tests. */
async function newNic(host = 'n5'): Promise<TestNic> {
  const nic = new TestNic(host, `vr${150 + nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

afterAll(async () => {
  for (const nic of nics) await nic.unplug();
});

/** As Docker does at boot: 802.1Q, with the parent's MTU, without alias, addresses or routes. */
const makeAnew = (nic: TestNic, id: number, more = '') =>
  nic.sh(
    `ip link del ${nic.name}.${id}; ip link add link ${nic.name} name ${nic.name}.${id} type vlan id ${id} && ip link set ${nic.name}.${id} up; ${more}`,
  );

/** Without the links' numbers, which are new with each one made anew. */
const facts = async (nic: TestNic) => [
  (await nic.links()).replace(/^\d+/gm, ''),
  await nic.addresses('.50'),
  await nic.routes(),
  await nic.sysctl('.50', 'ipv6.accept_ra'),
];

const declared = (nic: TestNic, mtu: number) => ({
  vlanId: 50,
  mtu,
  addresses: [nic.address(1)],
  routes: [{ destination: nic.behind('0/25'), gateway: nic.address(9).replace('/24', '') }],
});

test('is ours again: alias, MTU, address, route and setting come back, and the removal takes it', async () => {
  const nic = await newNic();
  const empty = await nic.links();
  await nic.run('apply', [declared(nic, 1400)]);
  const before = await facts(nic);
  await makeAnew(nic, 50);
  expect(await facts(nic)).not.toEqual(before);
  expect((await nic.run('check', [declared(nic, 1400)])).code).toBe(0);
  expect(await nic.run('apply', [declared(nic, 1400)])).toMatchObject({ code: 0 });
  expect(await facts(nic)).toEqual(before);
  await nic.remove();
  expect([await nic.links(), await nic.records()]).toEqual([empty, '']);
});

test('is ours again with a changed MTU, and what fails after that is undone', async () => {
  const nic = await newNic();
  await nic.run('apply', [declared(nic, 1400)]);
  await makeAnew(nic, 50, `ip addr add 2001:db8:80::1/128 dev ${nic.name}x`);
  const before = await nic.addresses('.50');
  const failing = {
    ...declared(nic, 1300),
    addresses: [nic.address(1), '2001:db8:80::2/64'],
    // The host itself has that address, which the kernel finds only at the last step.
    routes: [{ destination: '2001:db8:78::/64', gateway: '2001:db8:80::1' }],
  };
  const { code, text } = await nic.run('apply', [failing]);
  expect(text).toContain('undone: the links are as they were before');
  expect(code).toBe(1);
  expect([await nic.addresses('.50'), await nic.link('.50')]).toEqual([before, expect.stringContaining(' mtu 1500 ')]);
  expect(await nic.run('apply', [declared(nic, 1300)])).toMatchObject({ code: 0 });
  expect(await nic.link('.50')).toMatch(/ mtu 1300 .*alias vlan-trunk/);
});

test('is removed too when no apply came in between, by each owner in turn', async () => {
  const nic = await newNic();
  const empty = await nic.links();
  for (const trunk of ['a', 'b']) await nic.run('apply', [{ vlanId: 50 }], { trunk: `${nic.name}-${trunk}` });
  await makeAnew(nic, 50);
  for (const trunk of ['a', 'b']) {
    expect(await nic.link('.50')).not.toBe('');
    await nic.remove({ trunk: `${nic.name}-${trunk}` });
  }
  expect([await nic.links(), await nic.records()]).toEqual([empty, '']);
});

test('with another VLAN ID is replaced, unless it has an address of others', async () => {
  const nic = await newNic();
  const link = `${nic.name}.50`;
  await nic.run('apply', [declared(nic, 1400)]);
  const before = await facts(nic);
  await nic.sh(
    `ip link del ${link}; ip link add link ${nic.name} name ${link} type vlan id 51; ip addr add 198.51.103.7/24 dev ${link}`,
  );
  const words = (verb: string) =>
    `${link} was made anew${verb} as VLAN 51 (802.1Q) on ${nic.name}, declared is VLAN 50 (802.1Q) on ${nic.name}: `;
  for (const action of ['check', 'apply'] as const) {
    const { code, text } = await nic.run(action, [declared(nic, 1400)]);
    expect([code, text]).toEqual([
      1,
      expect.stringContaining(`${words('')}remove what sits on it, which is 198.51.103.7/24\n`),
    ]);
  }
  await nic.sh(`ip addr del 198.51.103.7/24 dev ${link}`);
  expect(await nic.run('apply', [declared(nic, 1400)])).toEqual({
    code: 0,
    text: `as declared: ${link}\nwarning: ${words(' by another program')}it is replaced\n`,
  });
  expect(await facts(nic)).toEqual(before);
});

test('with another alias, or by a record that names no maker is not ours', async () => {
  const nic = await newNic();
  const vlans = [{ vlanId: 50 }, { vlanId: 60, mtu: 1400 }];
  await nic.run('apply', vlans);
  const [link, labelled] = [`${nic.name}.50`, `${nic.name}.60`];
  await makeAnew(nic, 60, `ip link set ${labelled} alias plant`);
  const before = await nic.links();
  for (const action of ['check', 'apply'] as const) {
    const { code, text } = await nic.run(action, vlans);
    expect(code).toBe(1);
    expect(text).toContain(`vlan-trunk: ${labelled} was not made by vlan-trunk and has MTU 1500, declared is 1400`);
  }
  // As an older release left it.
  await nic.sh(
    `ip link del ${link}; ip link add link ${nic.name} name ${link} type vlan id 50 && ip link set ${labelled} alias ''`,
  );
  await nic.sh(`sed -i '/ made /d' /var/lib/vlan-trunk/test+script+*${nic.name}*`);
  await nic.remove();
  expect(await nic.records()).toBe('');
  expect(await nic.links()).toContain(`${link}@`);
  expect(await nic.links()).toContain(before.split('\n').at(-1)?.replace(/^\d+/, '').replace(' alias plant', ''));
});

describe('of 802.1ad, made anew as 802.1Q,', () => {
  const vlan = (nic: TestNic, mtu: number) => ({ ...declared(nic, mtu), protocol: '802.1ad' as const });

  test('is replaced, in words, with the addresses and routes of others', async () => {
    const nic = await newNic();
    const link = `${nic.name}.50`;
    await nic.run('apply', [vlan(nic, 1400)]);
    const before = await facts(nic);
    await makeAnew(nic, 50);
    const words = `${link} was made anew by another program as VLAN 50 (802.1Q) on ${nic.name}, declared is VLAN 50 (802.1ad) on ${nic.name}: it is replaced\n`;
    // A preview reports that as drift, which has tests of its own.
    expect((await nic.run('check', [vlan(nic, 1400)])).text).not.toContain(link);
    await nic.sh(
      `ip addr add 198.51.101.7/24 dev ${link}; ip route add ${nic.behind('192/27')} via 198.51.101.9 dev ${link}`,
    );
    expect(await nic.run('apply', [vlan(nic, 1400)])).toEqual({
      code: 0,
      text: `as declared: ${link}\nwarning: ${words}`,
    });
    expect((await nic.addresses('.50')).split('\n').sort()).toEqual([nic.address(1), '198.51.101.7/24']);
    await nic.sh(`ip route del ${nic.behind('192/27')}; ip addr del 198.51.101.7/24 dev ${link}`);
    expect(await facts(nic)).toEqual(before);
  });

  test('is as it was when a later step fails', async () => {
    const nic = await newNic();
    const link = `${nic.name}.50`;
    await nic.run('apply', [vlan(nic, 1400)]);
    await makeAnew(
      nic,
      50,
      `ip addr add 198.51.102.7/24 dev ${link}; ip route add ${nic.behind('192/27')} via 198.51.102.9 dev ${link}; ip link property add dev ${nic.name}x altname ${nic.name}.61`,
    );
    const before = await facts(nic);
    const { code, text } = await nic.run('apply', [vlan(nic, 1400), { vlanId: 61 }]);
    expect(text).toContain('undone: the links are as they were before');
    expect(code).toBe(1);
    expect(await facts(nic)).toEqual(before);
  });

  test.each([
    [
      'here',
      'X.50m',
      (nic: TestNic) => `ip link add link ${nic.name}.50 name ${nic.name}.50m type macvlan mode bridge`,
    ],
    [
      'in another network namespace',
      'macvlan X.50m in another network namespace',
      (nic: TestNic) =>
        `ip netns add ${nic.name}; ip link add link ${nic.name}.50 name ${nic.name}.50m type macvlan mode bridge; ip link set ${nic.name}.50m netns ${nic.name}`,
    ],
  ])('is refused while a link sits on it: %s', async (_, what, sit) => {
    const nic = await newNic();
    await nic.run('apply', [vlan(nic, 1400)]);
    await makeAnew(nic, 50, sit(nic));
    const before = await facts(nic);
    for (const action of ['check', 'apply'] as const) {
      const { code, text } = await nic.run(action, [vlan(nic, 1400)]);
      expect(text).toContain(
        `vlan-trunk: ${nic.name}.50 was made anew as VLAN 50 (802.1Q) on ${nic.name}, declared is VLAN 50 (802.1ad) on ${nic.name}: remove what sits on it, which is ${what.replace('X', nic.name)}\n`,
      );
      expect(code).toBe(1);
      expect(await facts(nic)).toEqual(before);
    }
    await nic.sh(`ip netns del ${nic.name} 2>/dev/null; ip link del ${nic.name}.50m 2>/dev/null || true`);
    // The kernel takes a namespace down in the background.
    await nic.sh(
      `for i in $(seq 100); do ip link del ${nic.name}.50m 2>/dev/null; ip netns list | grep -q ${nic.name} || break; done`,
    );
    expect(await nic.run('apply', [vlan(nic, 1400)])).toMatchObject({ code: 0 });
  });
});
