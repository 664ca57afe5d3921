import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lab/command';
import { debianPrograms } from '../../lab/debianProgram';
import { hostScript } from '../../src/host/remoteScript';
import { nftablesPackages } from './nftablesPackages';

/** `routing` by nftables, with packets: on the kernel of this machine, because that of the lab's hosts has no such tables for IP. */

const work = mkdtempSync(join(tmpdir(), 'nftables-'));
const world = readFileSync(join(__dirname, 'nftables.sh'), 'utf8');

beforeAll(async () => {
  const start = await debianPrograms('forky', nftablesPackages);
  mkdirSync(join(work, 'bin'));
  writeFileSync(join(work, 'script.sh'), hostScript());
  const libraries = /^(.*?)\/[^/:]+\/x86_64-linux-gnu/.exec(start('')[2] ?? '')?.[1] ?? '';
  const program = (name: string, ...words: string[]) => {
    const file = join(work, 'bin', name);
    writeFileSync(
      file,
      `#!/bin/sh\nexport XTABLES_LIBDIR='${libraries}/usr/lib/x86_64-linux-gnu/xtables'\nexec ${words.join(' ')} "$@"\n`,
    );
    chmodSync(file, 0o755);
  };
  program('nft', ...start('usr/sbin/nft'));
  program('ping', ...start('usr/bin/ping'));
  for (const name of ['iptables', 'ip6tables', 'iptables-restore', 'ip6tables-restore'])
    program(name, ...start('usr/sbin/xtables-nft-multi'), name);
}, 300_000);
afterAll(() => rmSync(work, { recursive: true }));

/** Runs lines of shell in a new world, and gives what they print. */
async function inWorld(body: string): Promise<string> {
  const lib = join(work, 'lib');
  mkdirSync(lib);
  const words = ['unshare', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const script = `work='${work}'; body=$BODY; ${world}`;
  const ran = run(['env', `BODY=${body}`, ...words, 'sh', '-c', script]);
  const { code, stdout, stderr } = await ran.finally(() => rmSync(lib, { recursive: true }));
  if (code !== 0) throw new Error(stdout + stderr);
  return stdout;
}

const own = 'm5>10.61.5.1 m5>2001:db8:61:5::1 m6>10.61.6.1 m6>2001:db8:61:6::1';
const [across5, across6] = ['m5>10.61.6.2 m5>2001:db8:61:6::2', 'm6>10.61.5.2 m6>2001:db8:61:5::2'];
const line = (...words: string[]) => `${words.join(' ').split(' ').sort().join(' ')} \n`;
const everywhere = line(own, across5, across6, 'wire>10.61.5.2', 'm5>10.9.0.2');
const declared = 'as declared: trunk0.5 trunk0.6\n';

test('isolated, nothing passes through a host that forwards, and the removal takes the rules along', async () => {
  expect(
    await inWorld(`forward 1
run apply; reach
run apply isolated; before=$(echoes); reach; [ "$(echoes)" = "$before" ] && echo none came; rules | grep '^table'
run check isolated
remove; rules`),
  ).toBe(`${declared}${everywhere}${declared}${line(own)}none came\ntable inet vlan_trunk_2427413816 {\n`);
});

test('between, packets pass past a chain of iptables that drops, on links of a host that forwards nothing else, and then not', async () => {
  expect(
    await inWorld(`forward 0; iptables() { host iptables "$@"; host ip6tables "$@"; }
iptables -P FORWARD DROP
run apply; at_first=$(forwarding); reach
run apply between; reach
forwarding | grep -c :1; forwarding | grep -E '/(all|default|trunk0|uplink)/' | grep -c :1 || true
run check between
forward 1; iptables -P FORWARD ACCEPT; before=$(echoes | cut -d ' ' -f 5,6); reach; [ "$(echoes | cut -d ' ' -f 5,6)" = "$before" ] && echo none out
forward 0; iptables -P FORWARD DROP
for id in 5 6; do for key in ipv4 ipv6; do host sh -c "echo 1 >/proc/sys/net/$key/conf/trunk0.$id/forwarding"; done; done
run apply; reach
[ "$(forwarding)" = "$at_first" ] && echo as before
rules | grep -ci vlan || true`),
  ).toBe(
    [
      `${declared}${line(own)}`,
      `${declared}${line(own, across5, across6)}6\n0\n`,
      `${line(own, across5, across6)}none out\n`,
      `${declared}${line(own)}as before\n0\n`,
    ].join(''),
  );
});

/** Each of the two links by an owner of its own, in the group of the first. */
const two = `one() { (owner=p+s+t; links=5; "$@"); }; other() { (owner=p+s+shim+u; links=6; "$@"); }
forward 1; one run apply between; other run apply 'between p+s+t'; reach`;
const bothBetween = `as declared: trunk0.5\nas declared: trunk0.6\n${line(own, across5, across6)}`;

test('links of two owners are between each other in the table of their group, and each leaves it with its owner', async () => {
  expect(
    await inWorld(`${two}
rules | grep '^table inet'
one run check between; other run check 'between p+s+t'
other run apply 'isolated p+s+t'; reach
other run apply; reach
other run apply 'between p+s+t'; one remove; ip -n host addr add 10.61.5.1/24 dev trunk0; reach | tr ' ' '\\n' | grep '^m6>10.61.5.2' || echo apart
rules | grep '^table inet'; other remove; rules | grep -c '^table inet' || true`),
  ).toBe(
    [
      `${bothBetween}table inet vlan_trunk_2427413816 {\n`,
      `as declared: trunk0.6\n${line(own)}`,
      // One that is not held back is nowhere for the other.
      `as declared: trunk0.6\n${line(own)}`,
      `as declared: trunk0.6\napart\ntable inet vlan_trunk_2427413816 {\n0\n`,
    ].join(''),
  );
});

test('a removed rule is drift of each owner in the group, and the apply of one mends it for both', async () => {
  expect(
    await inWorld(`{ ${two}; } >/dev/null
host nft flush chain inet vlan_trunk_2427413816 forward
one run check between; other run check 'between p+s+t'
other run apply 'between p+s+t'; one run check between; reach`),
  ).toBe(
    [
      'drift trunk0.5 routing between -- changed\n',
      'drift trunk0.6 routing between -- changed\n',
      `as declared: trunk0.6\n${line(own, across5, across6)}`,
    ].join(''),
  );
});

test.each([
  ['the table', 'host nft delete table inet vlan_trunk_2427413816', 'missing'],
  ['a rule', 'host nft flush chain inet vlan_trunk_2427413816 forward', 'changed'],
  ['a link', "host nft delete element inet vlan_trunk_2427413816 links '{ trunk0.6 }'", 'changed'],
])('%s that somebody removes is drift, which the next apply mends', async (_, damage, found) => {
  expect(
    await inWorld(`forward 1; run apply isolated; before=$(rules)
${damage}
run check isolated
run apply isolated >/dev/null; [ "$(rules)" = "$before" ] && echo mended
run check isolated`),
  ).toBe(
    `${declared}drift trunk0.5 routing isolated -- ${found}\ndrift trunk0.6 routing isolated -- ${found}\nmended\n`,
  );
});

test('between is refused where a chain of others drops, which isolated is not', async () => {
  const text =
    await inWorld(`host nft 'add table inet fw; add chain inet fw forw { type filter hook forward priority 0; policy drop; }'
run check between; run check isolated; run apply between`);
  const refusal =
    "vlan-trunk: routing: 'between' cannot be made so, because only a rule of yours in it can let packets pass: chain forw of table inet fw\n";
  expect(text).toBe(`${refusal}${refusal}vlan-trunk: nothing was changed\n`);
});

// iptables makes its chain FORWARD in nftables when it is first used, and leaves it, empty.
test('an apply that fails leaves the rules as they were', async () => {
  expect(
    await inWorld(`of_ours() { host nft list tables inet; host nft list table inet vlan_trunk_2427413816; host iptables -S; forwarding | grep -v /other/; }
run apply isolated >/dev/null; before=$(of_ours)
ip -n host link add dev other type bridge; ip -n host link property add dev other altname trunk0.7
run apply between 7 | grep undone
[ "$(of_ours)" = "$before" ] && echo as before`),
  ).toBe('vlan-trunk: undone: the links are as they were before\nas before\n');
});

test('a host without a firewall that works is refused, with what each says', async () => {
  expect(
    await inWorld(`mkdir /run/bin
for name in nft iptables-restore; do printf '%s\\n' '#!/bin/sh' 'echo "$(basename $0): no such kernel" >&2; exit 1' >/run/bin/$name; chmod +x /run/bin/$name; done
PATH=/run/bin:$PATH
run check isolated; run apply isolated; ls /var/lib`),
  ).toBe(
    [
      'vlan-trunk: routing needs nftables or iptables on this host: nft: no such kernel; iptables-restore: no such kernel\n',
      'vlan-trunk: routing needs nftables or iptables on this host: nft: no such kernel; iptables-restore: no such kernel\n',
      'vlan-trunk: nothing was changed\n',
    ].join(''),
  );
});

test('by iptables where nftables does not work, by nftables alone where it does again', async () => {
  expect(
    await inWorld(`forward 1; mkdir /run/bin; printf '%s\\n' '#!/bin/sh' 'exit 1' >/run/bin/nft; chmod +x /run/bin/nft
full=$PATH; PATH=/run/bin:$PATH; run apply isolated; reach
PATH=$full; rules | grep -c inet || true; host iptables -t mangle -S FORWARD
run check isolated; run apply isolated; reach
host iptables -t mangle -S; host ip6tables -t mangle -S FORWARD`),
  ).toBe(
    [
      `${declared}${line(own)}0\n-P FORWARD ACCEPT\n-A FORWARD -j vlan-trunk-2427413816\n`,
      `drift trunk0.5 routing isolated -- missing\ndrift trunk0.6 routing isolated -- missing\n${declared}${line(own)}`,
      ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'].map((name) => `-P ${name} ACCEPT\n`).join(''),
      '-P FORWARD ACCEPT\n',
    ].join(''),
  );
});
