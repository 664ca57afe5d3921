import { untilInShell } from '../../lab/lab';
import { installed } from './installed';
import { reported } from './monitor';
import { TestNic } from './nic';

/** systemd-networkd beside our links, with rules that match them. */
const nic = new TestNic('n6', 'eth7');
const vlans = [{ vlanId: 50, addresses: [nic.address(1), 'fd77:7::1/64'], mtu: 1400 }, { vlanId: 60 }];
const rules = '/etc/systemd/network/20-rule.network';
const file = `00-vlan-trunk-test+script+${nic.name}.network`;
const unit = { persistence: 'unit' as const };

const [ofNic, ofVlan] = [['10.79.7.200/24'], [nic.address(1), 'fd77:7::1/64']];

/** A rule that also matches what is on the NIC, and that brings the NIC's own address. */
const rule = (match: string) =>
  nic.sh(
    `printf '%s\\n' '[Match]' "${match}" '[Network]' 'Address=${ofNic[0]}' DHCP=yes >${rules}; chmod 644 ${rules}; networkctl reload`,
  );
const mac = `MACAddress=$(cat /sys/class/net/${nic.name}/address)`;
const addresses = async (suffix: string) =>
  (await nic.sh(`ip -o addr show dev ${nic.name}${suffix} scope global | awk '{ print $4 }' | sort`)).split('\n');
const restart = 'systemctl restart systemd-networkd';
const hasSettled = untilInShell(
  `networkctl list ${nic.name} --no-legend | grep -qE 'configured|configuring' && ! networkctl list --no-legend | grep -q pending`,
);

let untouched: string;
beforeAll(async () => {
  await nic.plug();
  untouched = await installed(nic);
  // The way to the host is no concern of these rules.
  await nic.sh(
    `printf '%s\\n' '[Match]' Name=eth0 '[Link]' Unmanaged=yes >/etc/systemd/network/10-lab.network
     chmod 644 /etc/systemd/network/10-lab.network; systemctl start systemd-networkd`,
  );
});
afterAll(async () => {
  await nic.sh(
    `systemctl stop systemd-networkd.socket systemd-networkd-varlink.socket systemd-networkd-varlink-metrics.socket systemd-networkd-resolve-hook.socket systemd-networkd 2>/dev/null
     rm -rf /etc/systemd/network/10-lab.network ${rules} /run/systemd/netif/state; ip link del ${nic.name}.50 2>/dev/null; ip link del ${nic.name}.60 2>/dev/null || true`,
  );
  await nic.unplug();
});

describe.each([
  ['by a pattern of names', 'Name=eth*'],
  ['by the MAC address of the NIC', mac],
])('a rule that matches a VLAN %s', (_, match) => {
  afterEach(async () => {
    await nic.remove();
    await nic.sh(`rm -f ${rules}; ip addr flush dev ${nic.name} scope global; networkctl reload`);
    expect((await installed(nic)).replace('/etc/systemd/network/10-lab.network\n', '')).toBe(untouched);
  });

  test.each([
    ['that comes back after a reboot', 'unit', '/etc/systemd/network'],
    ['that does not', 'none', '/run/systemd/network'],
  ] as const)('takes nothing from one %s, at its start nor at a reload', async (_, persistence, folder) => {
    await rule(match);
    await nic.sh(hasSettled);
    expect(await addresses('')).toEqual(ofNic);
    expect(await nic.run('apply', vlans, { persistence })).toMatchObject({ code: 0 });
    expect(
      await nic.sh(`stat -c '%a %U' ${folder}/${file}; networkctl list ${nic.name}.50 ${nic.name}.60 --no-legend`),
    ).toMatch(/^644 root\n.* unmanaged\n.* unmanaged$/);
    const seen = await reported(nic, 'link address', async () => {
      await nic.sh(
        [restart, hasSettled, `touch ${rules}; networkctl reload; networkctl reconfigure ${nic.name}`, hasSettled].join(
          '\n',
        ),
      );
    });
    expect(seen.split('\n').filter((line) => line.includes(`${nic.name}.`))).toEqual([]);
    expect([await addresses('.50'), await addresses('')]).toEqual([ofVlan, ofNic]);

    // And it would have, without our file.
    await nic.sh(`rm ${folder}/${file}; networkctl reload; ${restart}`);
    await nic.sh(untilInShell(`! ip -o addr show dev ${nic.name}.50 | grep -qF '${nic.address(1)}'`));
    // The next apply puts both back.
    expect(await nic.run('apply', vlans, { persistence })).toMatchObject({ code: 0 });
    expect(await addresses('.50')).toEqual(expect.arrayContaining(ofVlan));
    await nic.sh(`${restart}\n${hasSettled}`);
    expect(await addresses('.50')).toEqual(expect.arrayContaining(ofVlan));
  });
});

test('links of others are left to it, and the file goes with the last of ours', async () => {
  await nic.sh(`ip link add link ${nic.name} name ${nic.name}.60 type vlan id 60`);
  await nic.run('apply', vlans, unit);
  expect(await nic.sh(`grep Name= /etc/systemd/network/${file}`)).toBe(`Name=${nic.name}.50`);
  await nic.run('apply', vlans.slice(1), unit);
  await nic.run('sweep', vlans.slice(1), unit);
  expect(await nic.sh('ls /etc/systemd/network')).toBe('10-lab.network');
  await nic.remove();
});

test('a change between the two kinds of persistence moves the file', async () => {
  const places = () => nic.sh(`ls /etc/systemd/network/${file} /run/systemd/network/${file} 2>/dev/null || true`);
  await nic.run('apply', vlans, unit);
  expect(await places()).toBe(`/etc/systemd/network/${file}`);
  await nic.run('apply', vlans);
  expect(await places()).toBe(`/run/systemd/network/${file}`);
  await nic.run('apply', vlans, unit);
  expect(await places()).toBe(`/etc/systemd/network/${file}`);
  await nic.remove();
  expect(await places()).toBe('');
});
