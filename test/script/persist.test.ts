import { untilInShell } from '../../lab/lab';
import { calls, fakeIp } from './fakeIp';
import { boot, installed } from './installed';
import { TestNic } from './nic';

/** The unit that makes links anew at a boot, started on a running host on whose links it is as after one. One NIC a test. */
const host = 'n6';
const nics: TestNic[] = [];
const unit = { persistence: 'unit' as const };

async function newNic(): Promise<TestNic> {
  const nic = new TestNic(host, `vb${100 + nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

let untouched: string;
beforeAll(async () => (untouched = await installed(new TestNic(host, 'vb100'))));
afterAll(async () => {
  for (const nic of nics) {
    await nic.sh(`rm -f /etc/systemd/network/00-vlan-trunk-*${nic.name}*`);
    await nic.unplug();
  }
});
afterEach(async () => {
  const nic = new TestNic(host, 'vb100');
  const left = await installed(nic);
  // What a test that failed has left is no concern of the next one.
  await nic.sh(
    `cd /var/lib/vlan-trunk 2>/dev/null || exit 0
     for owner in $(ls .script | grep +); do echo "owner $owner" | sh .script/$owner remove || true; done`,
  );
  expect(left).toBe(untouched);
});

/** What a link is, whatever its number. */
const facts = async (nic: TestNic, ...suffixes: string[]) => [
  (await nic.links()).replace(/^\d+/gm, '').split('\n').sort(),
  await nic.routes(),
  await Promise.all(
    suffixes.map(async (suffix) => [
      await nic.sh(`ip -o addr show dev ${nic.name}${suffix} scope global | awk '{ print $4 }' | sort`),
      await nic.sysctl(suffix, 'ipv6.accept_ra'),
      await nic.sysctl(suffix, 'ipv4.arp_ignore'),
    ]),
  ),
];

/** Runs the command behind it after so many seconds. */
const later = (seconds: number) =>
  `systemd-run --quiet --collect --timer-property=AccuracySec=100ms --on-active=${seconds}`;

/** On VLAN 50. */
const shimOf = (nic: TestNic) => {
  const number = nic.name.slice(2);
  return { network: nic.network('.50'), addresses: [`10.77.${number}.250`, `fd77:${number}::fa`] };
};

const vlan = (nic: TestNic, name: string, id: number) =>
  nic.sh(`ip link add link ${nic.name} name ${name} type vlan id ${id}; ip link set ${name} up`);

const lose = (nic: TestNic, ...suffixes: string[]) =>
  nic.sh(suffixes.map((suffix) => `ip link del ${nic.name}${suffix}`).join('; '));

describe('links that are gone', () => {
  const vlans = (nic: TestNic) => [
    {
      vlanId: 50,
      protocol: '802.1ad' as const,
      mtu: 1400,
      addresses: [nic.address(1), `fd77:${nic.name.slice(2)}::1/64`],
      routes: [{ destination: nic.behind('0/25'), gateway: nic.address(9).replace('/24', '') }],
    },
    { vlanId: 60 },
  ];

  test('come back with all that they had, a shim on one of them too, and go with the removal', async () => {
    const nic = await newNic();
    const before = await facts(nic);
    const shim = shimOf(nic);
    expect(await nic.run('apply', vlans(nic), unit)).toMatchObject({ code: 0 });
    expect(await nic.runShim('apply', shim, { ...unit, isParentDeclared: true })).toMatchObject({ code: 0 });
    const suffixes = ['.50', '.60', '.50-shim'];
    const applied = [await facts(nic, ...suffixes), await nic.sh('cat /var/lib/vlan-trunk/test+*')];

    await lose(nic, '.50', '.60');
    const { state, journal } = await boot(nic);
    expect(state).toBe('active');
    expect(journal).toContain(`test+script+${nic.name}: as declared: ${nic.name}.50 ${nic.name}.60`);
    expect(journal).toMatch(new RegExp(`test.script.shim.${nic.name}: as declared: ${nic.name}.50-shim$`));
    expect(await facts(nic, ...suffixes)).toEqual(applied[0]);
    expect((await nic.sh('cat /var/lib/vlan-trunk/test+*')).split('\n').sort()).toEqual(
      String(applied[1]).split('\n').sort(),
    );
    expect(await nic.run('check', vlans(nic), unit)).toEqual({ code: 0, text: '' });

    expect(await nic.removeShim()).toEqual({ code: 0, text: '' });
    expect(await nic.remove()).toEqual({ code: 0, text: '' });
    expect(await facts(nic)).toEqual(before);
  });

  test('do not come back once they are declared without persistence', async () => {
    const nic = await newNic();
    await nic.run('apply', vlans(nic), unit);
    expect(await installed(nic)).not.toBe(untouched);
    const links = await nic.links();
    await nic.run('apply', vlans(nic));
    expect(
      await nic.sh('ls -d /etc/systemd/system/vlan-trunk.service /var/lib/vlan-trunk/.spec 2>/dev/null || true'),
    ).toBe('');
    expect(await nic.links()).toBe(links);
    await nic.remove();
  });

  test('are those of the last apply that succeeded, whichever step of a later one fails', async () => {
    const nic = await newNic();
    const kept = async () => [await installed(nic), await nic.sh('cat /var/lib/vlan-trunk/.spec/*')];
    const path = await fakeIp(nic, 0);
    // Nothing is kept of a first one that fails.
    for (const persistence of ['unit', 'none'] as const) {
      await fakeIp(nic, 4);
      expect(await nic.run('apply', vlans(nic), { path, persistence })).toMatchObject({ code: 1 });
      expect(await installed(nic)).toBe(untouched);
    }
    await nic.run('apply', [{ vlanId: 50 }], unit);
    const before = await kept();
    await fakeIp(nic, 0);
    await nic.run('apply', [{ vlanId: 50 }, { vlanId: 70 }], { ...unit, path });
    const count = await calls(nic);
    expect(await kept()).not.toEqual(before);
    await nic.run('apply', [{ vlanId: 50 }], unit);
    await nic.run('sweep', [{ vlanId: 50 }], unit);
    expect(await kept()).toEqual(before);
    for (let call = 1; call <= count; call++) {
      await fakeIp(nic, call);
      // Also one that would end persistence.
      const persistence = call % 2 === 0 ? 'unit' : 'none';
      expect(await nic.run('apply', [{ vlanId: 50 }, { vlanId: 70 }], { path, persistence })).toMatchObject({
        code: 1,
      });
      expect({ call, kept: await kept() }).toEqual({ call, kept: before });
    }
    await nic.remove();
  });

  test('of others are theirs to bring back: the rest comes without them, and those get what is declared when they come', async () => {
    const nic = await newNic();
    const foreign = `ip link add link ${nic.name} name ${nic.name}.60 type vlan id 60`;
    await nic.sh(foreign);
    const declared = [{ vlanId: 50 }, { vlanId: 60, addresses: [nic.address(2)] }];
    await nic.run('apply', declared, unit);
    await lose(nic, '.50', '.60');
    // Long enough that the first part has ended on a host that is busy.
    await nic.sh(`${later(8)} sh -c '${foreign}'`);
    const { state, journal } = await boot(nic);
    expect(state).toBe('active');
    expect(journal).toMatch(
      new RegExp(
        `waits for ${nic.name}.60\n.*as declared: ${nic.name}.50\n.*as declared: ${nic.name}.50 ${nic.name}.60`,
      ),
    );
    expect(await nic.addresses('.60')).toBe(nic.address(2));
    expect(await nic.remove()).toEqual({ code: 0, text: '' });
    expect(await nic.link('.60')).not.toBe('');
    expect(await nic.addresses('.60')).toBe('');
  });

  test('of one owner that cannot come back keep no other from it, and the journal says why', async () => {
    const nic = await newNic();
    const other = await newNic();
    await nic.run('apply', [{ vlanId: 50 }], unit);
    await other.run('apply', [{ vlanId: 50 }], unit);
    await lose(nic, '.50');
    await lose(other, '.50');
    await vlan(nic, `${nic.name}.50`, 51);
    const { state, journal } = await boot(nic);
    expect(state).toBe('failed');
    expect(journal).toContain(
      `test+script+${nic.name}: ${nic.name}.50 is already there as VLAN 51 (802.1Q) on ${nic.name}, declared is VLAN 50 (802.1Q) on ${nic.name}`,
    );
    expect(await other.link('.50')).toContain('alias vlan-trunk');
    await lose(nic, '.50');
    await nic.remove();
    await other.remove();
  });
});

describe('a parent that comes late', () => {
  test('is waited for, and so is its MTU', async () => {
    const nic = await newNic();
    await nic.sh(`ip link set ${nic.name}x mtu 9000; ip link set ${nic.name} mtu 9000`);
    await nic.run('apply', [{ vlanId: 50, mtu: 8000 }], unit);
    await nic.sh(
      `ip link set ${nic.name} name ${nic.name}y; ip link set ${nic.name}y mtu 1500
       ${later(4)} ip link set ${nic.name}y name ${nic.name}
       ${later(8)} ip link set ${nic.name} mtu 9000`,
    );
    await lose(nic, '.50');
    const { seconds, state, journal } = await boot(nic);
    expect(state).toBe('active');
    expect(seconds).toBeGreaterThanOrEqual(4);
    expect(journal).toContain(`waits for ${nic.name}\n`);
    expect(journal).toContain(`waits for ${nic.name} with MTU 8000`);
    expect(await nic.link('.50')).toContain(' mtu 8000 ');
    await nic.remove();
  });

  test('that Docker makes is not waited for before Docker', async () => {
    const nic = await newNic();
    const shim = shimOf(nic);
    await vlan(nic, `${nic.name}.50`, 50);
    await nic.runShim('apply', shim, { ...unit, isParentDeclared: true });
    await lose(nic, '.50');
    const { seconds } = await boot(nic);
    expect(seconds).toBeLessThan(30);
    expect(await nic.link('.50-shim')).toBe('');
    await vlan(nic, `${nic.name}.50`, 50);
    await nic.sh(untilInShell(`ip -o link show dev ${nic.name}.50-shim 2>/dev/null | grep -q 'alias vlan-trunk'`));
    await nic.removeShim();
  });

  test('is waited for no longer once its links are removed', async () => {
    const nic = await newNic();
    const shim = shimOf(nic);
    await vlan(nic, `${nic.name}.50`, 50);
    await nic.runShim('apply', shim, { ...unit, isParentDeclared: true });
    await lose(nic, '.50');
    expect((await boot(nic)).state).toBe('active');
    expect(await nic.sh('systemctl show -p SubState --value vlan-trunk')).toBe('running');
    await nic.removeShim();
  });
});

describe('refused at the check and at apply, before any change:', () => {
  const cases: [string, string, string, string][] = [
    [
      'a host without systemd',
      'mv /run/systemd/system /run/systemd/system.away',
      'mv /run/systemd/system.away /run/systemd/system',
      'systemd does not run on this host',
    ],
    [
      'one whose units cannot be written',
      'mount --bind /etc/systemd/system /etc/systemd/system; mount -o remount,bind,ro /etc/systemd/system',
      'umount /etc/systemd/system',
      '/etc/systemd/system cannot be written to',
    ],
    [
      'one that has a unit of this name',
      'echo "[Unit]" >/etc/systemd/system/vlan-trunk.service',
      'rm /etc/systemd/system/vlan-trunk.service',
      '/etc/systemd/system/vlan-trunk.service is not of vlan-trunk',
    ],
  ];
  test.each(cases)('%s', async (_, make, undo, why) => {
    const nic = await newNic();
    await nic.sh(make);
    try {
      const words = `links cannot come back after a reboot, because ${why}: persistence: 'none' on the Host does without\n`;
      expect(await nic.run('check', [{ vlanId: 50 }], unit)).toEqual({ code: 1, text: `vlan-trunk: ${words}` });
      expect(await nic.run('apply', [{ vlanId: 50 }], unit)).toEqual({
        code: 1,
        text: `vlan-trunk: ${words}vlan-trunk: nothing was changed\n`,
      });
      expect([await nic.link('.50'), await nic.records()]).toEqual(['', '']);
      expect(await nic.run('check', [{ vlanId: 50 }])).toEqual({ code: 0, text: '' });
      expect(await nic.run('apply', [{ vlanId: 50 }])).toMatchObject({ code: 0 });
      expect(await nic.remove()).toEqual({ code: 0, text: '' });
    } finally {
      await nic.sh(undo);
    }
  });
});

describe.each([
  [
    'NixOS',
    '/etc/NIXOS',
    '/etc/nixos/configuration.nix',
    ['networking.vlans."LINK" = { id = 50; interface = "NIC"; };'],
  ],
  ['OpenWrt', '/etc/openwrt_release', '/etc/config/network', ['config device', "  option name 'LINK'"]],
])('%s, which is refused', (system, marker, file, lines) => {
  afterEach(() => new TestNic(host, 'vb100').sh(`rm -f ${marker}`));

  test('with the lines of its own configuration, unless links need not come back', async () => {
    const nic = await newNic();
    await nic.sh(`touch ${marker}`);
    const ran = await nic.run('check', [{ vlanId: 50 }], unit);
    expect(ran.code).toBe(1);
    const [first = '', ...rest] = ran.text.split('\n').map((line) => line.replace('vlan-trunk: ', ''));
    expect(first).toBe(
      `links cannot come back after a reboot, because ${system} makes them from ${file} alone: persistence: 'none' on the Host does without, and these lines in ${file} bring them back:`,
    );
    expect(rest.slice(0, lines.length)).toEqual(
      lines.map((line) => line.replace('LINK', `${nic.name}.50`).replace('NIC', nic.name)),
    );
    expect((await nic.run('apply', [{ vlanId: 50 }], unit)).text).toContain(ran.text);
    expect([await nic.link('.50'), await nic.records()]).toEqual(['', '']);
    expect(await nic.run('check', [{ vlanId: 50 }])).toEqual({ code: 0, text: '' });
    expect(await nic.run('apply', [{ vlanId: 50 }])).toMatchObject({ code: 0 });
    expect(await nic.remove()).toEqual({ code: 0, text: '' });
  });
});

test('a unit of another release is replaced, and systemd reads the new one', async () => {
  const nic = await newNic();
  await nic.run('apply', [{ vlanId: 50 }], unit);
  await nic.sh(
    'systemctl start vlan-trunk; sed -i s/^Description=.*/Description=older/ /etc/systemd/system/vlan-trunk.service; systemctl daemon-reload',
  );
  await nic.run('apply', [{ vlanId: 50 }], unit);
  expect(await nic.sh('systemctl show -p NeedDaemonReload -p Description vlan-trunk')).toMatch(
    /^Description=(?!older).*\nNeedDaemonReload=no$|^NeedDaemonReload=no\nDescription=(?!older)/,
  );
  expect(await nic.remove()).toEqual({ code: 0, text: '' });
});
