import { cutPower, powerOn } from '../../lab/lab';
import { TestNic } from './nic';

/** A real boot at which Docker makes the missing links of its networks anew, before anything of ours runs. */
const nic = new TestNic('n5', 'eth0');
const networks = [50, 60].map((id) => ({ name: `reboot${id}`, link: `eth0.${id}`, subnet: `10.79.${id}.0/24` }));

const facts = async () => [
  (await nic.links()).replace(/^\d+/gm, ''),
  await nic.addresses('.50'),
  await nic.sh(`ip -o route show table main dev eth0.50 2>/dev/null | grep 'proto static' || true`),
];

afterAll(async () => {
  await nic.sh(
    `docker network rm ${networks.map(({ name }) => name).join(' ')} 2>/dev/null; ip link del eth0.50 2>/dev/null; ip link del eth0.60 2>/dev/null
     rm -rf /var/lib/vlan-trunk/test+script+eth0* /var/lib/vlan-trunk/.script`,
  );
});

test('what an apply and a removal have written survives a power cut that follows at once', async () => {
  const kept = () =>
    nic.sh(
      `cd /var/lib/vlan-trunk 2>/dev/null && find . ! -type d | sort | xargs sha256sum
       cat /etc/systemd/system/vlan-trunk.service 2>/dev/null; ls /etc/systemd/system/multi-user.target.wants | grep vlan || true`,
    );
  const cut = async () => {
    await cutPower('n5');
    await powerOn('n5');
  };
  const nothing = await kept();
  const map = { vlanId: 50, egressQosMap: { 6: 5 } };
  expect(await nic.run('apply', [map], { persistence: 'unit' })).toMatchObject({ code: 0 });
  const applied = await kept();
  await cut();
  expect(await kept()).toBe(applied);
  expect(await nic.link('.50')).toMatch(/egress-qos-map [{] 6:5 [}].*alias vlan-trunk/);
  expect(await nic.run('apply', [{ vlanId: 50, mtu: 1400 }], { persistence: 'unit' })).toMatchObject({ code: 0 });
  await cut();
  expect(await nic.link('.50')).toContain(' mtu 1400 ');
  expect(await nic.remove()).toEqual({ code: 0, text: '' });
  await cut();
  expect([await kept(), await nic.link('.50')]).toEqual([nothing, '']);
});

test('links that Docker made anew at boot are ours again, with all that is declared, and go with the removal', async () => {
  const before = await facts();
  const vlans = (mtu: number) => [
    {
      vlanId: 50,
      mtu,
      addresses: [nic.address(1)],
      routes: [{ destination: nic.behind('0/25'), gateway: nic.address(9).replace('/24', '') }],
    },
    { vlanId: 60, protocol: '802.1ad' as const },
  ];
  const settings = async () => [await nic.sysctl('.50', 'ipv6.accept_ra'), await nic.sysctl('.60', 'ipv6.accept_ra')];
  expect(await nic.run('apply', vlans(1400))).toMatchObject({ code: 0 });
  for (const { name, link, subnet } of networks)
    await nic.sh(`docker network create -d macvlan --subnet ${subnet} -o parent=${link} ${name}`);
  const applied = await facts();
  await nic.sh('sync');
  await cutPower('n5');
  await powerOn('n5');
  // Docker knows nothing of MTU, alias and protocol.
  for (const id of [50, 60]) {
    const link = await nic.link(`.${id}`);
    expect(link).toMatch(new RegExp(` mtu 1500 .*vlan protocol 802.1Q id ${id} `));
    expect(link).not.toContain('alias');
  }
  expect([await nic.addresses('.50'), await settings()]).toEqual(['', ['1', '1']]);

  const words =
    'warning: eth0.60 was made anew by another program as VLAN 60 (802.1Q) on eth0, declared is VLAN 60 (802.1ad) on eth0: it is replaced\n';
  // A preview reports that as drift, which has tests of its own.
  expect((await nic.run('check', vlans(1300))).text).not.toContain('eth0.60');
  expect(await nic.run('apply', vlans(1300))).toEqual({ code: 0, text: `as declared: eth0.50 eth0.60\n${words}` });
  expect(await facts()).toEqual(applied.map((text) => text.replace('mtu 1400', 'mtu 1300')));
  expect(await settings()).toEqual(['0', '0']);
  expect(await nic.run('check', vlans(1300))).toMatchObject({ code: 0 });

  for (const { name } of networks) await nic.sh(`docker network rm ${name}`);
  expect(await nic.remove()).toEqual({ code: 0, text: '' });
  expect([await facts(), await nic.records()]).toEqual([before, '']);
});

test('and they go with the removal alone too', async () => {
  const before = await facts();
  const vlans = [{ vlanId: 50 }, { vlanId: 60, protocol: '802.1ad' as const }];
  await nic.run('apply', vlans);
  for (const { name, link, subnet } of networks)
    await nic.sh(`docker network create -d macvlan --subnet ${subnet} -o parent=${link} ${name}`);
  await nic.sh('sync');
  await cutPower('n5');
  await powerOn('n5');
  expect([await nic.link('.50'), await nic.link('.60')]).toEqual([
    expect.not.stringContaining('alias'),
    expect.stringContaining('802.1Q id 60'),
  ]);
  expect(await nic.remove()).toEqual({ code: 0, text: '' });
  expect([await facts(), await nic.records()]).toEqual([before, '']);
});
