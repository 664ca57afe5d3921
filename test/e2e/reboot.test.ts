import type { Stack } from '../../lab/engine/stack';
import { cutPower, powerOn, untilInShell } from '../../lab/lab';
import { answering, answeringHost } from '../../lab/reach';
import { hostFacts, sh } from './facts';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** The plug is pulled, and the host comes back as it was, without any run of Pulumi. */

const host = 'n3';
const peer = 'n4';
const [n3] = hostConfigs(host);
/** The first VLAN on each parent; the second is the next one. */
const [onNic, onLate] = [220, 224];
const prefix = (vlanId: number) => `192.168.${vlanId}`;
const container = (vlanId: number) => ({ host, container: `reboot-${vlanId}`, address: `${prefix(vlanId)}.70` });
const linksOf = (nic: string, first: number) => `${nic}[.]${first}|plant${first + 1}`;

const peerLink = (link: string, vlanId: number, protocol: string) =>
  `ip link add link eth0 name ${link} type vlan protocol ${protocol} id ${vlanId}
   ip addr add ${prefix(vlanId)}.2/24 dev ${link}; ip link set ${link} up`;
const removePeers = 'for link in peer-a peer-b; do [ ! -e /sys/class/net/$link ] || ip link del $link; done';

/** A NIC that appears so many seconds after the boot, as one whose driver is loaded late. */
const lateUnit = '/etc/systemd/system/lab-late.service';
const wantLate = '/etc/systemd/system/multi-user.target.wants/lab-late.service';
const makeLate = 'ip link add late0 type veth peer name late0x; ip link set late0 up; ip link set late0x up';
const late = (seconds: number) =>
  `printf '%s\\n' '[Service]' "ExecStart=/bin/sh -c 'sleep ${seconds}; ${makeLate}'" >${lateUnit}; ln -sf ${lateUnit} ${wantLate}`;
const removeLate = `rm -f ${lateUnit} ${wantLate}; systemctl daemon-reload; ip link del late0 2>/dev/null || true`;

async function pullPlug(): Promise<void> {
  await sh(host, 'sync');
  await cutPower(host);
  await powerOn(host);
}

/** Our links with all that is declared for them, and what is recorded. */
const links = (pattern: string) =>
  sh(
    host,
    `ip -o -d link | grep -E ' (${pattern})' | sed 's/^[0-9]*: //; s/link.ether [^ ]* //' | sort
     ip -o addr show scope global | grep -E ' (${pattern})' | sed 's/^[0-9]*: //; s/ tentative//' | sort
     ip route show table main | grep -E ' (${pattern})' | sed 's/ linkdown//' | sort
     cd /proc/sys/net; grep . ipv[46]/conf/*/accept_ra ipv[46]/conf/*/arp_ignore 2>/dev/null | grep -E '/(${pattern})'
     cd /var/lib/vlan-trunk; for record in *; do echo $record; sort $record; done`,
  );

/** Seconds since the boot at which the unit was started, the links of an owner were there, and dockerd was started. */
async function times(owner: string): Promise<{ unit: number; made: number; docker: number }> {
  const text = await sh(
    host,
    `systemctl show -p InactiveExitTimestampMonotonic --value vlan-trunk
     journalctl -b -t vlan-trunk -o json | grep -F '${owner}: as declared' | tail -n 1 | sed 's/.*"__MONOTONIC_TIMESTAMP":"\\([0-9]*\\)".*/\\1/'
     systemctl show -p ExecMainStartTimestampMonotonic --value docker`,
  );
  const [unit = NaN, made = NaN, docker = NaN] = text.split('\n').map((word) => Number(word) / 1e6);
  return { unit, made, docker };
}

let stack: Stack;
let untouched: string;
beforeAll(async () => {
  untouched = await hostFacts(host);
  await sh(
    peer,
    [removePeers, peerLink('peer-a', onNic, '802.1Q'), peerLink('peer-b', onNic + 1, '802.1ad')].join('\n'),
  );
});
afterAll(async () => {
  await forgetStacks();
  await sh(host, removeLate);
  await sh(peer, removePeers);
  expect(await hostFacts(host)).toBe(untouched);
});

/** Containers to another machine on both VLANs, and the host to its own container. */
async function reaches(): Promise<void> {
  for (const vlanId of [onNic, onNic + 1]) {
    const other = `${prefix(vlanId)}.2`;
    expect(await answering(container(vlanId), [other])).toEqual(new Set([other]));
  }
  const own = container(onNic + 1).address;
  expect(await answeringHost(host, [own])).toEqual(new Set([own]));
}

const previewsNothing = async () => expect(Object.keys((await succeeds(stack.preview())).changes)).toEqual(['same']);

test('links are there before Docker starts, containers send packets, and the next preview is empty', async () => {
  stack = await newStack('test/e2e/programs/reboot.ts', 'reboot', { host: n3, trunks: { eth0: onNic } });
  await succeeds(stack.up());
  await reaches();
  const before = await links(linksOf('eth0', onNic));
  expect(before).toContain('802.1ad');

  await pullPlug();
  const { made, docker } = await times('reboot+lab+shim+shim-eth0');
  expect(made).toBeLessThan(docker);
  expect(await links(linksOf('eth0', onNic))).toBe(before);
  await reaches();
  await previewsNothing();
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(untouched);
});

describe('a parent that is there', () => {
  let before: string;

  test('30 s after the boot is waited for', async () => {
    await sh(host, `${makeLate}; ${late(30)}`);
    const trunks = { eth0: onNic, late0: onLate };
    stack = await newStack('test/e2e/programs/reboot.ts', 'late', { host: n3, trunks });
    await succeeds(stack.up());
    before = await links(linksOf('late0', onLate));
    await pullPlug();
    const { unit, made, docker } = await times('late+lab+shim+shim-late0');
    expect(made - unit).toBeGreaterThan(15);
    expect(docker).toBeGreaterThan(made);
    expect(docker - unit).toBeLessThan(60);
    expect(await links(linksOf('late0', onLate))).toBe(before);
    const running = await sh(host, 'docker ps --format "{{.Names}}" | sort');
    expect(running.split('\n')).toEqual([onNic, onNic + 1, onLate, onLate + 1].map((id) => container(id).container));
    await reaches();
    await previewsNothing();
  });

  test('90 s after the boot holds Docker up for less than a minute, and its links come all the same', async () => {
    await sh(host, late(90));
    await pullPlug();
    const { unit, docker } = await times('late+lab+shim+shim-eth0');
    expect(docker - unit).toBeGreaterThan(30);
    expect(docker - unit).toBeLessThan(60);
    await reaches();
    await sh(host, untilInShell(`journalctl -b -t vlan-trunk | grep -qF 'late+lab+shim+shim-late0: as declared'`));
    expect(await links(linksOf('late0', onLate))).toBe(before);
    await previewsNothing();
    await succeeds(stack.destroy());
    await sh(host, removeLate);
    expect(await hostFacts(host)).toBe(untouched);
  });
});
