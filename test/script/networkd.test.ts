import { untilInShell } from '../../lab/lab';
import { boot, installed } from './installed';
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

describe('where networkd is to make the VLANs after a reboot', () => {
  const networkd = { persistence: 'networkd' as const };
  const [netdev, dropIn] = [
    `/etc/systemd/network/00-vlan-trunk-test+script+${nic.name}@${nic.name}.50.netdev`,
    `${rules}.d/vlan-trunk-test+script+${nic.name}.conf`,
  ];
  const filesOfOurs = () => nic.sh(`find /etc/systemd/network -path '*vlan-trunk-*' | sort`);
  const declared = vlans.map((vlan) => ({ ...vlan, protocol: '802.1ad' as const }));
  const dropOthers = `ip link del ${nic.name}.60 2>/dev/null || true`;
  beforeEach(async () => {
    await nic.sh(dropOthers);
    await rule(`Name=${nic.name}`);
    await nic.sh(hasSettled);
  });
  afterEach(async () => {
    await nic.remove();
    await nic.sh(dropOthers);
    expect(await filesOfOurs()).toBe('');
    await nic.sh(`rm -f ${rules}; ip addr flush dev ${nic.name} scope global; networkctl reload`);
    expect((await installed(nic)).replace('/etc/systemd/network/10-lab.network\n', '')).toBe(untouched);
  });

  test('it makes them as they were, and the unit does the rest', async () => {
    expect(await nic.run('apply', declared, networkd)).toMatchObject({ code: 0 });
    expect(await nic.sh(`stat -c '%a %U' ${netdev} ${dropIn}`)).toBe('644 root\n644 root');
    const applied = await nic.sh(`ip -o -d link show dev ${nic.name}.50 | sed 's/^[0-9]*: //'`);
    await nic.sh(`ip link del ${nic.name}.50; ip link del ${nic.name}.60; ${restart}`);
    await nic.sh(untilInShell(`[ -e /sys/class/net/${nic.name}.50 ] && [ -e /sys/class/net/${nic.name}.60 ]`));
    const made = await nic.link('.50');
    expect(made).toMatch(/ mtu 1400 .*vlan protocol 802.1ad id 50 /);
    expect(made).not.toContain('alias');
    expect(await addresses('.50')).toEqual(['']);
    const { state, journal } = await boot(nic);
    expect([state, journal]).toEqual(['active', expect.not.stringContaining('has not made')]);
    expect(await nic.sh(`ip -o -d link show dev ${nic.name}.50 | sed 's/^[0-9]*: //'`)).toBe(applied);
    expect(await addresses('.50')).toEqual(ofVlan);
    expect(await nic.run('check', declared, networkd)).toEqual({ code: 0, text: '' });
  });

  test('what it does not make the unit makes, and the journal says so', async () => {
    await nic.run('apply', declared, networkd);
    // As networkd has them from its last start: none.
    await nic.sh(`ip link del ${nic.name}.50`);
    const { state, journal } = await boot(nic);
    expect(state).toBe('active');
    expect(journal).toContain(`systemd-networkd has not made ${nic.name}.50`);
    expect(await addresses('.50')).toEqual(ofVlan);
  });

  test('a VLAN that leaves is not made again, nor are those of others', async () => {
    await nic.sh(`ip link add link ${nic.name} name ${nic.name}.60 type vlan id 60`);
    await nic.run('apply', vlans, networkd);
    expect(await nic.sh(`grep VLAN= ${dropIn}`)).toBe(`VLAN=${nic.name}.50`);
    await nic.run('apply', vlans.slice(1), networkd);
    await nic.run('sweep', vlans.slice(1), networkd);
    expect(await filesOfOurs()).toBe('');
    await nic.sh(`networkctl reconfigure ${nic.name}\n${hasSettled}`);
    expect(await nic.link('.50')).toBe('');
  });

  test('the drop-in follows the file that has the parent', async () => {
    await nic.run('apply', vlans, networkd);
    const other = rules.replace('20-', '15-');
    await nic.sh(`mv ${rules} ${other}; networkctl reload\n${hasSettled}`);
    await nic.run('apply', vlans, networkd);
    expect(await nic.sh(`ls -d ${rules}.d ${dropIn.replace('20-', '15-')} 2>/dev/null || true`)).toBe(
      dropIn.replace('20-', '15-'),
    );
    await nic.sh(`mv ${other} ${rules}; networkctl reload\n${hasSettled}`);
  });

  test('a parent that it does not have is refused at the check and at apply, before any change', async () => {
    await nic.sh(`rm ${rules}; networkctl reload; ip addr flush dev ${nic.name} scope global`);
    await nic.sh(untilInShell(`networkctl list ${nic.name} --no-legend | grep -q unmanaged`));
    const words = `links cannot come back after a reboot by systemd-networkd, because ${nic.name} belongs to no network manager that is known: persistence: 'unit' on the Host does without it\n`;
    expect(await nic.run('check', vlans, networkd)).toEqual({ code: 1, text: `vlan-trunk: ${words}` });
    expect(await nic.run('apply', vlans, networkd)).toMatchObject({ code: 1 });
    expect([await nic.link('.50'), await nic.records(), await filesOfOurs()]).toEqual(['', '', '']);
    expect(await nic.run('check', vlans, unit)).toEqual({ code: 0, text: '' });
  });
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
