import fc from 'fast-check';
import { onHost, untilInShell } from '../../lab/lab';
import { askHost } from '../../src/host/probe';
import { cutsOff } from '../../src/host/dockerReport';
import { ownerWord } from '../../src/host/linkOwner';
import { linkCommand } from '../../src/host/remoteScript';
import { renderOwner, renderTrunkSpec } from '../../src/host/trunkSpec';
import { readTrunk } from '../../src/plan/link/trunk';
import { hostConfigs } from '../e2e/stack';
import '../fixedSeed';
import { hostile, hostilePieces, reportTried, tries } from '../hostile';
import { planWith } from '../readWith';
import { installed } from './installed';
import { TestNic } from './nic';

/** A host whose files, links and names hold what a shell, awk, sed or a terminal would obey. Who can write there is root, or a broken disk. */

const host = 'n6';
const canary = '/tmp/c-host/x';
const nics: TestNic[] = [];

async function newNic(): Promise<TestNic> {
  const nic = new TestNic(host, `vg${240 + nics.length}`);
  nics.push(nic);
  await nic.plug();
  return nic;
}

/** What the host has at its root, and in the folders that everybody may write to. */
const shared = () => nics[0]!.sh('ls -A /; find /tmp /var/tmp /dev/shm -mindepth 1 | sort');
let before: string;

beforeAll(async () => {
  const nic = await newNic();
  await nic.sh('mkdir -p /tmp/c-host');
  before = await shared();
});
afterAll(async () => {
  expect(await shared()).toBe(before);
  for (const nic of nics) await nic.unplug();
  await onHost(host, 'rm -r /tmp/c-host');
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
/** Those that no kernel or file system refuses, and as many more of several parts. */
function values(count: number, most: number): string[] {
  const all = [...hostilePieces(canary), ...fc.sample(hostile(canary, 'eth0.50 used'), { numRuns: count, seed: 8021 })];
  const usable = all.filter((text) => text !== '' && Buffer.byteLength(text) <= most);
  return Array.from({ length: count }, (_, n) => usable[Math.floor((n * usable.length) / count)]!);
}

const plain = /^[\n -~]*$/;

test('records, specs and revisions that hold anything: nothing is run, and each action ends in words of ours', async () => {
  const nic = await newNic();
  const owner = { project: 'test', stack: 'script', kind: 'trunk', name: nic.name } as const;
  const vlans = [{ vlanId: 50, addresses: [nic.address(1)] }];
  const spec = renderTrunkSpec(owner, planWith(readTrunk, { parentInterface: nic.name, vlans }), {
    persistence: 'unit',
  });
  expect((await nic.run('apply', vlans, { persistence: 'unit' })).code).toBe(0);
  const rounds = 14;
  const texts = values(3 * rounds, 200_000);
  const script = `set -f; umask 077
    all=/var/lib/vlan-trunk; o=${ownerWord(owner)}; cp -a $all /root/kept
    act() { rm -rf $all; cp -a /root/kept $all
      for file in $o .spec/$o .revision/$o; do
        [ $(($1 % 2)) = 0 ] && : >$all/$file
        n=$1; eval "text=\\$$((2 + at))"; at=$(((at + 1) % 3)); printf %s "$text" | base64 -d >>$all/$file
      done; shift 4
      out=$("$@" 2>&1); echo "$n $1 $? $(printf '%s' "$out" | base64 -w 0)"; }
    apply() { printf '%s' '${spec}' | ${linkCommand('apply', false, '-')}; }
    check() { printf '%s' '${spec}' | sh /root/kept/.script/$o check; }
    restore() { echo 'owner ${ownerWord(owner)}' | sh /root/kept/.script/$o restore; }
    remove() { printf '%s' '${renderOwner(owner)}' | ${linkCommand('remove', false)}; }
    number=0; at=0
    while read -r a b c; do
      for action in apply check restore remove; do act $number "$a" "$b" "$c" $action; done
      number=$((number + 1))
    done
    # What would take changes back whose folder has gone; each would end by itself, in a minute.
    systemctl stop 'vlan-trunk-revert-*'
    rm -rf $all; mv /root/kept $all`;
  const stdin = Array.from(
    { length: rounds },
    (_, n) =>
      `${texts
        .slice(3 * n, 3 * n + 3)
        .map(base64)
        .join(' ')}\n`,
  ).join('');
  const { stdout, stderr } = await onHost(host, script, { stdin });
  const runs = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  expect({ runs: runs.length, stderr }).toEqual({ runs: 4 * rounds, stderr: '' });
  for (const [round, action, code, said = ''] of runs) {
    tries();
    const text = Buffer.from(said, 'base64').toString();
    const line =
      code === '0' ? /^(as declared: |warning: |armed \S+$|revision |healed |drift |kept$|$)/ : /^vlan-trunk: /;
    const unclear = text.split('\n').filter((one) => !line.test(one) || !plain.test(one));
    expect({ round, action, code, unclear }).toEqual({
      round,
      action,
      code: expect.stringMatching(/^[01]$/) as string,
      unclear: [],
    });
  }
  // Of a spec that is not ours nothing is made; all else goes on by what the links themselves tell.
  const ends = new Set(runs.map(([, action, code]) => `${action} ${code}`));
  expect([...ends]).toEqual(expect.arrayContaining(['apply 0', 'check 0', 'restore 1', 'remove 0']));
  expect((await nic.remove()).code).toBe(0);
  expect(await installed(nic)).not.toContain('vlan-trunk');
});

test('files of other names beside ours are not read, and no name of one is run', async () => {
  const nic = await newNic();
  expect((await nic.run('apply', [{ vlanId: 50 }], { persistence: 'unit' })).code).toBe(0);
  const names = values(60, 120)
    .map((text) => text.replaceAll('/', '%').replaceAll('\0', '%'))
    .filter((text) => !/^\.*$|^[\w.:%+-]+$/.test(text));
  const make = `cd /var/lib/vlan-trunk; while read -r name; do
      name=$(printf %s "$name" | base64 -d; echo .); name=\${name%.}
      for folder in . .spec .revision; do printf '%s\\n' 'lo used' >"$folder/$name" || exit; done
    done`;
  const { code, stderr } = await onHost(host, make, { stdin: names.map((name) => `${base64(name)}\n`).join('') });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  names.forEach(tries);
  expect(await nic.run('check', [{ vlanId: 50 }], { persistence: 'unit' })).toEqual({ code: 0, text: '' });
  await nic.sh(`ip link del ${nic.name}.50; timeout 60 sh /var/lib/vlan-trunk/.script/unit boot`);
  await nic.sh(untilInShell(`[ -e /sys/class/net/${nic.name}.50 ]`));
  expect((await nic.remove()).code).toBe(0);
  await nic.sh(
    'rm -rf /var/lib/vlan-trunk; rm -f /etc/systemd/system/vlan-trunk.service /etc/systemd/system/*/vlan-trunk.service',
  );
});

test('links of any name and alias are told from ours, also where an alias reads like further links', async () => {
  const nic = await newNic();
  const [target] = hostConfigs(host).map(({ address, hostKey, privateKeyFile }) => ({
    address,
    port: 22,
    user: 'root',
    hostKey,
    identityFile: privateKeyFile,
    proxy: undefined,
  }));
  const line = (index: number, name: string, more: string) =>
    `${index}: ${name}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue ${more}`;
  const ours = `\\    vlan protocol 802.1Q id 50 <REORDER_HDR> \\    alias vlan-trunk`;
  const forged = [
    `x\n${line(990, `${nic.name}.50@${nic.name}`, ours)}`,
    `vlan-trunk\n${line(991, `${nic.name}.60@${nic.name}`, ours)}\n-- complete\n-- failed`,
    `y\n${line(992, 'nosuch9', `master eth0`)}\nvlan-trunk-probe arrival nosuch9\nvlan-trunk-probe end`,
    ` master ${nic.name}`,
  ];
  const aliases = [...forged, ...values(60, 250).map((text) => text.replaceAll('\0', '%'))];
  const names = [
    '-force',
    '--help',
    '$(id)',
    '`id`',
    "a'b",
    'a"b',
    'a;b',
    'a#b',
    '*',
    'a\\b',
    '%s',
    '|id',
    '{a,b}',
    '~',
    '!x',
    '\x1b[2J',
    '\u202ex',
    '&',
  ];
  // Some the kernel refuses.
  const make = `n=0; while read -r kind text; do
      text=$(printf %s "$text" | base64 -d; echo .); text=\${text%.}; n=$((n + 1))
      if [ "$kind" = name ]; then ip link add name "$text" type veth peer name hn$n && ip link set "hn$n" alias peer && echo "$n"
      else ip link add name ha$n type veth peer name hp$n && ip link set ha$n alias "$text" && echo "$n"; fi
    done`;
  const stdin = [
    ...aliases.map((text) => `alias ${base64(text)}\n`),
    ...names.map((text) => `name ${base64(text)}\n`),
  ].join('');
  try {
    const { stdout } = await onHost(host, make, { stdin });
    const made = stdout.trim().split('\n');
    expect(made.slice(0, forged.length)).toEqual(forged.map((_, index) => `${index + 1}`));
    expect(made.length).toBeGreaterThan((aliases.length + names.length) * 0.9);
    made.forEach(tries);
    // A VLAN of others whose alias begins with a line like ours.
    await nic.sh(`ip link add link ${nic.name} name ${nic.name}.60 type vlan id 60; ip link set ${nic.name}.60 alias 'vlan-trunk
more'`);
    const vlans = [{ vlanId: 50 }, { vlanId: 60 }];
    expect(await nic.run('check', vlans)).toEqual({ code: 0, text: '' });
    expect((await nic.run('apply', vlans)).code).toBe(0);
    expect(await nic.link('.50')).toContain('vlan protocol 802.1Q id 50');

    const answer = await askHost(target!, { report: true, specs: [], sudo: false, links: 'check' });
    if (answer.kind !== 'seen' || answer.value.report === undefined) throw new Error(JSON.stringify(answer));
    const { report } = answer.value;
    const real = (await nic.sh('ls /sys/class/net')).split('\n');
    expect([...report.links.keys()].sort()).toEqual(real.filter((name) => name !== 'bonding_masters').sort());
    expect([...report.parents.masters]).toEqual([]);
    expect(report.arrival).not.toBe('nosuch9');
    expect(cutsOff(report, nic.name)).toBeUndefined();

    expect((await nic.remove()).code).toBe(0);
    expect([await nic.link('.50'), await nic.link('.60')]).toEqual(['', expect.stringContaining('id 60') as string]);
  } finally {
    await onHost(
      host,
      `ls /sys/class/net | grep -E '^h[anp][0-9]+$' | while read -r l; do ip link del "$l" 2>/dev/null; done; true`,
    );
  }
});

test('what lies on the host is root’s, and nobody else reads it, names it beforehand or finds it in a folder of all', async () => {
  const nic = await newNic();
  const asGuest = async (script: string) => (await onHost(host, script, { user: 'guest' })).code;
  // Before anything is there: only root can put a link in its place.
  for (const place of ['/var/lib/vlan-trunk', '/var/run/vlan-trunk', '/etc/systemd/system/vlan-trunk.service']) {
    expect({ place, code: await asGuest(`ln -s /tmp/c-host ${place} 2>/dev/null`) }).toEqual({ place, code: 1 });
  }
  const modes = (folder: string) =>
    nic.sh(`find ${folder} -printf '%u:%g %m %y\\n' | sort -u`).then((text) => text.split('\n'));
  const folderOfRoot = ['root:root 600 f', 'root:root 700 d', 'root:root 777 l'];
  // Staged, then applied.
  const spec = renderTrunkSpec(
    { project: 'test', stack: 'script', kind: 'trunk', name: nic.name },
    planWith(readTrunk, { parentInterface: nic.name, vlans: [{ vlanId: 50 }] }),
    { persistence: 'unit' },
  );
  const target = { ...hostConfigs(host)[0]!, port: 22, user: 'root', proxy: undefined };
  const staged = await askHost(
    { ...target, identityFile: target.privateKeyFile },
    { report: false, specs: [spec], sudo: false, links: 'stage' },
  );
  expect(staged.kind).toBe('seen');
  expect(await modes('/var/run/vlan-trunk')).toEqual(folderOfRoot);
  expect((await nic.run('apply', [{ vlanId: 50 }], { persistence: 'unit' })).code).toBe(0);
  expect(await modes('/var/lib/vlan-trunk')).toEqual(folderOfRoot);
  expect(await asGuest('ls /var/lib/vlan-trunk 2>/dev/null')).not.toBe(0);
  // systemd wants to be read by all, and holds no value of the user's but names of links.
  expect(await modes('/etc/systemd/system/vlan-trunk.service')).toEqual(['root:root 644 f']);
  expect((await nic.remove()).code).toBe(0);
});

reportTried('contents of files, aliases and names on a host', 150);
