import { cutPower, powerOn, untilInShell } from '../../lab/lab';
import { TestNic } from './nic';

/** Changes that the host takes back unless they are confirmed. One NIC a test, and one owner at a time that has armed one. */
const host = 'n15';
const nics: TestNic[] = [];
const pending = '/var/lib/vlan-trunk/.armed';
/** The shortest that users may set. */
const short = { confirmTimeout: 10 };

async function newNic(): Promise<TestNic> {
  const nic = new TestNic(host, `va${nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

let untouched: string;
beforeAll(async () => (untouched = await left(new TestNic(host, 'va0'))));
afterEach(async () => {
  const nic = new TestNic(host, 'va0');
  await nic.sh(
    `${untilInShell(`[ ! -e ${pending} ]`, 60)}
     cd /var/lib/vlan-trunk 2>/dev/null || exit 0
     for owner in $(ls .script | grep +); do echo "owner $owner" | sh .script/$owner remove || true; done`,
  );
  for (const one of nics) await one.unplug();
  expect(await left(nic)).toBe(untouched);
});

/** What may be left on the host: files, processes, units. */
const left = (nic: TestNic) =>
  nic.sh(
    `find /etc/systemd /run/systemd/network /var/lib/vlan-trunk /var/run/vlan-trunk ! -name '*.wants' 2>/dev/null | sort
     systemctl list-units --all --plain --no-legend 'vlan-trunk*'
     pgrep -f '[.]armed/script' || true`,
  );

const facts = async (nic: TestNic) => [
  (await nic.links()).replace(/^\d+/gm, ''),
  await nic.sh(`ip -o addr show scope global | grep -F ' ${nic.name}' | awk '{ print $2, $4 }' | sort || true`),
  await nic.routes(),
  await nic.sh('ip route show table main'),
  await nic.sh(`sort /var/lib/vlan-trunk/test+script+${nic.name} 2>/dev/null || true`),
  await nic.sh(`cat /var/lib/vlan-trunk/.spec/test+script+${nic.name} 2>/dev/null || true`),
];

const idOf = (text: string) => /^armed (\S+)$/m.exec(text)?.[1] ?? 'none';

/** What was there, and what takes its place: an address, a route, an MTU, and a VLAN. */
const former = (nic: TestNic) => [
  {
    vlanId: 50,
    mtu: 1400,
    addresses: [nic.address(1)],
    routes: [{ destination: nic.behind('0/25'), gateway: nic.address(9).replace('/24', '') }],
  },
];
const next = (nic: TestNic) => [
  {
    vlanId: 50,
    mtu: 1300,
    addresses: [nic.address(2)],
    routes: [{ destination: nic.behind('0/26'), gateway: nic.address(8).replace('/24', '') }],
  },
  { vlanId: 60, addresses: [nic.behind('129/25')] },
];

test('links alone are not armed; addresses are, and what is confirmed stays', async () => {
  const nic = await newNic();
  const how = { confirms: false, persistence: 'unit' as const };
  for (const vlans of [[{ vlanId: 50 }], [{ vlanId: 50, mtu: 1400 }, { vlanId: 60 }]])
    expect((await nic.run('apply', vlans, how)).text).not.toContain('armed');
  const { text } = await nic.run('apply', former(nic), how);
  expect(idOf(text)).not.toBe('none');
  // Only what was confirmed is kept for the next boot.
  expect((await facts(nic)).at(-1)).not.toContain('address');
  expect(await nic.confirm(idOf(text))).toEqual({ code: 0, text: 'confirmed\n' });
  expect((await facts(nic)).at(-1)).toContain(`address ${nic.name}.50 ${nic.address(1)}`);
  expect(await nic.sh(`ls -d ${pending} 2>/dev/null; pgrep -f '[.]armed/script' || true`)).toBe('');
  expect((await nic.run('apply', former(nic), how)).text).not.toContain('armed');
  expect(await nic.addresses('.50')).toBe(nic.address(1));
});

describe.each(['systemd', 'no systemd-run'])('by %s', (by) => {
  test('what is not confirmed goes back in time, with the record; the next check says so, and the next apply makes it', async () => {
    const nic = await newNic();
    const folder = `/run/${nic.name}-bin`;
    await nic.sh(
      `mkdir -p ${folder}; printf '#!/bin/sh\\nexit 1\\n' >${folder}/systemd-run; chmod +x ${folder}/systemd-run`,
    );
    const how = { ...short, persistence: 'unit' as const, ...(by === 'systemd' ? {} : { path: folder }) };
    await nic.run('apply', former(nic), how);
    const before = await facts(nic);
    const { text } = await nic.run('apply', next(nic), { ...how, confirms: false });
    expect(text).toContain(`as declared: ${nic.name}.50 ${nic.name}.60\n`);
    expect(await nic.addresses('.50')).toBe(nic.address(2));
    await nic.sh(untilInShell(`[ ! -e ${pending} ]`, 40));
    expect(await facts(nic)).toEqual(before);
    const why = 'not confirmed over a new connection within 10 s';
    const late = await nic.confirm(idOf(text));
    expect(late.code).toBe(1);
    expect(late.text).toContain(`vlan-trunk: ${why}\n`);
    expect(late.text).toContain('vlan-trunk: undone: the links are as they were before\n');
    const check = await nic.run('check', next(nic), how);
    expect(check.text).toContain(`reverted ${why}; undone: the links are`);
    // No revision is known, so that a preview shows the change again.
    expect(await nic.sh('ls /var/lib/vlan-trunk/.revision 2>/dev/null || true')).not.toContain(nic.name);
    expect(await nic.run('apply', next(nic), how)).toMatchObject({ code: 0 });
    expect((await nic.run('check', next(nic), how)).text).not.toMatch(/reverted|armed/);
    expect(await nic.addresses('.50')).toBe(nic.address(2));
  });
});

test('a change that is held waits longer for its confirmation, and goes back at once where the controller asks for that', async () => {
  const nic = await newNic();
  await nic.run('apply', former(nic), short);
  const before = await facts(nic);
  const id = idOf((await nic.run('apply', next(nic), { ...short, confirms: false })).text);
  for (let times = 0; times < 3; times++) {
    await nic.sh('sleep 6');
    expect(await nic.settle('hold', id)).toEqual({ code: 0, text: 'held\n' });
  }
  expect(await nic.addresses('.50')).toBe(nic.address(2));
  expect(await nic.settle('undo', id)).toEqual({ code: 0, text: 'undoing\n' });
  // Less than its own time.
  await nic.sh(untilInShell(`[ ! -e ${pending} ]`, 8));
  expect(await facts(nic)).toEqual(before);
  const why = 'not confirmed, because the same up has failed on another host';
  expect((await nic.run('check', next(nic), short)).text).toContain(`reverted ${why}; undone: the links are`);
  for (const late of ['hold', 'undo', 'confirm'] as const) {
    const { code, text } = await nic.settle(late, id);
    expect(code).toBe(1);
    expect(text).toContain(`vlan-trunk: ${why}\n`);
  }
});

test('a first change that is not confirmed leaves what a removal needs, and the removal leaves nothing', async () => {
  const nic = await newNic();
  const before = await nic.links();
  await nic.run('apply', former(nic), { ...short, confirms: false, persistence: 'unit' });
  await nic.sh(untilInShell(`[ ! -e ${pending} ]`, 40));
  expect(await nic.links()).toBe(before);
  expect(await nic.sh('ls -A /var/lib/vlan-trunk')).toBe(`.revert\n.script\ntest+script+${nic.name}`);
  expect(await nic.remove()).toEqual({ code: 0, text: '' });
  expect(await left(nic)).toBe(untouched);
});

test('the run of another owner waits for what a killed run has left, and is not touched by it', async () => {
  const nic = await newNic();
  const other = await newNic();
  await nic.run('apply', former(nic), { ...short, confirms: false });
  const armed = await nic.sh(`cat ${pending}/id`);
  const { code } = await other.run('apply', former(other), short);
  expect(code).toBe(0);
  expect(await nic.link('.50')).toBe('');
  expect(await other.addresses('.50')).toBe(other.address(1));
  expect((await nic.confirm(armed)).text).toContain('not confirmed over a new connection within 10 s');
  expect(await other.addresses('.50')).toBe(other.address(1));
});

test('the next run of the same owner confirms what a killed one has made, and nothing of that one fires into it', async () => {
  const nic = await newNic();
  await nic.run('apply', former(nic), { confirms: false });
  const began = Date.now();
  expect(await nic.run('apply', next(nic), short)).toMatchObject({ code: 0 });
  // Far less than the minute for which the change was armed.
  expect(Date.now() - began).toBeLessThan(40_000);
  await nic.sh('sleep 15');
  expect(await nic.addresses('.50')).toBe(nic.address(2));
  expect((await nic.run('check', next(nic), short)).text).not.toMatch(/reverted|armed/);
});

test('where the process that would take a change back is gone, the next run does it', async () => {
  const nic = await newNic();
  await nic.run('apply', former(nic), { ...short, confirms: false });
  await nic.sh("systemctl kill --signal=KILL 'vlan-trunk-revert-*'");
  const other = await newNic();
  expect((await other.run('apply', former(other), short)).code).toBe(0);
  expect(await nic.link('.50')).toBe('');
  expect(await nic.sh(`sed 1d /var/lib/vlan-trunk/.revert/test+script+${nic.name}`)).toContain('not confirmed');
});

/** An `ip` that does something else after the first batch of addresses or routes, as a manager of the host might. */
async function meddling(nic: TestNic, command: string, after = 'addr'): Promise<string> {
  const folder = `/run/${nic.name}-bin`;
  await nic.sh(`mkdir -p ${folder} && cat >${folder}/ip <<'EOF' && chmod +x ${folder}/ip
#!/bin/sh
[ "$1" = -batch ] && [ ! -e ${folder}/done ] || exec /usr/sbin/ip "$@"
batch=$(cat)
printf '%s\\n' "$batch" | /usr/sbin/ip "$@" || exit
case $batch in *'${after}'*) : >${folder}/done; ${command.replaceAll('X', nic.name)} ;; esac
EOF`);
  return folder;
}

test.each([
  ['a route', 'ip route add 10.88.0.1/32 dev X.50'],
  ['an address', 'ip addr add 10.88.0.1/32 dev X.50'],
  ['the link, set down', 'ip link set eth0 down'],
  ['the address of the host', 'ip addr flush dev eth0'],
])('a change that cuts the host off at once goes back at once: %s', async (_, command) => {
  const nic = await newNic();
  await nic.sh('ip route add 10.99.0.0/24 via 10.88.0.1 dev eth0');
  try {
    const before = await facts(nic);
    const eth0 = await nic.sh('ip -o addr show dev eth0 scope global; ip -o link show dev eth0');
    const path = await meddling(nic, `/usr/sbin/${command}`);
    const { code, text } = await nic.run('apply', former(nic), { path, persistence: 'unit' });
    expect(text).toMatch(/^vlan-trunk: the way from n15 \(10\.88\.0\.25\) to 10\.88\.0\.1 over eth0 is gone$/m);
    expect(text).toContain('vlan-trunk: undone: the links are as they were before\n');
    expect(text).toContain('vlan-trunk: what this host reached before the change it reaches again\n');
    expect(code).toBe(1);
    expect(await facts(nic)).toEqual(before);
    const lasting = (said: string) => said.replace(/valid_lft.*|state \w+ /g, '');
    expect(lasting(await nic.sh('ip -o addr show dev eth0 scope global; ip -o link show dev eth0'))).toBe(
      lasting(eth0),
    );
    expect(await left(nic)).toBe(untouched);
  } finally {
    await nic.sh('ip route del 10.99.0.0/24');
  }
});

test('a removal after which the host is cut off is undone at once, and the next one takes all away', async () => {
  const nic = await newNic();
  await nic.run('apply', former(nic), { persistence: 'unit' });
  const before = await facts(nic);
  const path = await meddling(nic, '/usr/sbin/ip link set eth0 down', 'link del');
  const { code, text } = await nic.remove({ path });
  expect(text).toMatch(/^vlan-trunk: the way from n15 .* is gone$/m);
  expect(text).toContain('vlan-trunk: undone: the links are as they were before\n');
  expect(code).toBe(1);
  expect(await facts(nic)).toEqual(before);
  expect(await nic.remove()).toEqual({ code: 0, text: '' });
  expect(await left(nic)).toBe(untouched);
});

test('a reboot before the confirmation ends in the former state', async () => {
  const nic = new TestNic(host, 'eth0');
  const how = { persistence: 'unit' as const, trunk: 'arm' };
  const vlans = (address: string, vlanId: number) => [
    { vlanId, interfaceName: `plant${vlanId}`, addresses: [address] },
  ];
  await nic.run('apply', vlans('10.81.1.1/24', 91), how);
  const record = await nic.sh('sort /var/lib/vlan-trunk/test+script+arm');
  await nic.run('apply', [...vlans('10.81.1.2/24', 91), ...vlans('10.81.2.1/24', 92)], { ...how, confirms: false });
  await nic.sh('sync');
  await cutPower(host);
  await powerOn(host);
  await nic.sh(untilInShell('[ "$(systemctl is-active vlan-trunk)" = active ]'));
  expect(
    await nic.sh("ip -o -4 addr show | awk '$2 ~ /^plant/ { print $2, $4 }'; ls /sys/class/net | grep plant"),
  ).toBe('plant91 10.81.1.1/24\nplant91');
  expect(await nic.sh('sort /var/lib/vlan-trunk/test+script+arm')).toBe(record);
  expect((await nic.run('check', vlans('10.81.1.2/24', 91), how)).text).toContain(
    'reverted the host was restarted before the change was confirmed',
  );
  expect(await nic.remove({ trunk: 'arm' })).toEqual({ code: 0, text: '' });
});

describe('what would cut off who is connected over a link of ours is refused by the check, the apply and the removal, and nothing is changed:', () => {
  const peerOf = (nic: TestNic) => nic.address(9).replace('/24', '');
  const far = (nic: TestNic) => nic.behind('7');

  test.each([
    ['the link', (nic: TestNic) => [{ vlanId: 60, addresses: [nic.address(1)] }], peerOf, 'is declared no more'],
    [
      'the link becomes another one',
      (nic: TestNic) => [{ ...former(nic)[0], vlanId: 50, interfaceName: `${nic.name}p` }],
      peerOf,
      'is declared as another link',
    ],
    ['the address', () => [{ vlanId: 50, mtu: 1400 }], peerOf, 'is declared no more, and leads to'],
    [
      'the route',
      (nic: TestNic) => [{ vlanId: 50, mtu: 1400, addresses: [nic.address(1)] }],
      far,
      'is declared no more, and leads to',
    ],
    [
      'the MTU',
      (nic: TestNic) => [{ ...former(nic)[0], vlanId: 50, mtu: 500 }],
      peerOf,
      'is declared with MTU 500, below the 576 that IPv4 asks for',
    ],
    [
      'the gateway',
      (nic: TestNic) => [...former(nic), { vlanId: 60, addresses: [`${peerOf(nic)}/32`] }],
      far,
      `is the gateway over which this host reaches`,
    ],
  ])('%s', async (_, vlans, from, words) => {
    const nic = await newNic();
    const peer = from(nic);
    await nic.run('apply', former(nic));
    const before = await facts(nic);
    for (const action of ['check', 'apply'] as const) {
      const { code, text } = await nic.run(action, vlans(nic), { peer });
      expect(text).toContain(words);
      expect(text).toContain(': it would be cut off. Reach it by another address first\n');
      expect(code).toBe(1);
    }
    expect((await nic.remove({ peer })).text).toContain(
      `${nic.name}.50 is to be removed, and this host is reached over it`,
    );
    expect(await facts(nic)).toEqual(before);
    // Who comes by another way may do all of it.
    expect(await nic.run('apply', vlans(nic))).toMatchObject({ code: 0 });
    expect(await nic.remove()).toMatchObject({ code: 0 });
  });
});

test('the removal that is refused takes no Docker network away either', async () => {
  const nic = await newNic();
  const peer = nic.address(9).replace('/24', '');
  const label = `arm-${nic.name}`;
  await nic.run('apply', former(nic));
  await nic.sh(
    `docker network create --driver macvlan --opt parent=${nic.name}.50 --label vlan-trunk.owner=${label} ${label}`,
  );
  const networks = () => nic.sh(`docker network ls --format '{{.Name}}' | grep ${label} || true`);
  expect((await nic.remove({ peer, label })).text).toContain('it would be cut off');
  expect(await networks()).toBe(label);
  expect(await nic.remove({ label })).toEqual({ code: 0, text: '' });
  expect(await networks()).toBe('');
  expect(await left(nic)).toBe(untouched);
});
