import type { Stack } from '../../lab/engine/stack';
import { untilInShell } from '../../lab/lab';
import { answeringHost } from '../../lab/reach';
import { hostFacts, sh } from './facts';
import { container, linksOf, linksOn, peerLinks, pullPlug, reaches, startTimes } from './returning';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** The plug is pulled, and the host comes back as it was, without any run of Pulumi. */

const host = 'n20';
const peer = 'n21';
const [target] = hostConfigs(host);
/** The first VLAN on each parent; the second is the next one. */
const [onNic, onLate] = [220, 224];
const removePeers = `for id in ${onNic} ${onNic + 1}; do [ ! -e /sys/class/net/peer$id ] || ip link del peer$id; done`;

/** A NIC that appears so many seconds after the boot, as one whose driver is loaded late. */
const lateUnit = '/etc/systemd/system/lab-late.service';
const wantLate = '/etc/systemd/system/multi-user.target.wants/lab-late.service';
const makeLate = 'ip link add late0 type veth peer name late0x; ip link set late0 up; ip link set late0x up';
const late = (seconds: number) =>
  `printf '%s\\n' '[Service]' "ExecStart=/bin/sh -c 'sleep ${seconds}; ${makeLate}'" >${lateUnit}; ln -sf ${lateUnit} ${wantLate}`;
const removeLate = `rm -f ${lateUnit} ${wantLate}; systemctl daemon-reload; ip link del late0 2>/dev/null || true`;

let stack: Stack;
let untouched: string;
beforeAll(async () => {
  untouched = await hostFacts(host);
  await sh(peer, [removePeers, ...peerLinks('peer', 'eth0', onNic).map((words) => `ip ${words}`)].join('\n'));
});
afterAll(async () => {
  await forgetStacks();
  await sh(host, removeLate);
  await sh(peer, removePeers);
  expect(await hostFacts(host)).toBe(untouched);
});

const previewsNothing = async () => expect(Object.keys((await succeeds(stack.preview())).changes)).toEqual(['same']);

test('links are there before Docker starts, containers send packets, and the next preview is empty', async () => {
  stack = await newStack('test/e2e/programs/reboot.ts', 'reboot', { host: target, trunks: { eth0: onNic } });
  await succeeds(stack.up());
  await reaches(host, onNic);
  const before = await linksOn(host, linksOf('eth0', onNic));
  expect(before).toContain('802.1ad');

  await pullPlug(host);
  const { made, docker } = await startTimes(host, 'reboot+lab+shim+shim-eth0');
  expect(made).toBeLessThan(docker);
  expect(await linksOn(host, linksOf('eth0', onNic))).toBe(before);
  await reaches(host, onNic);
  await previewsNothing();
  await succeeds(stack.destroy());
  expect(await hostFacts(host)).toBe(untouched);
});

describe('a parent that is there', () => {
  let before: string;
  const containers = (...firsts: number[]) =>
    firsts.flatMap((id) => [id, id + 1]).map((id) => container(host, id).container);
  const running = async () => (await sh(host, 'docker ps --format "{{.Names}}" | sort')).split('\n');

  test('30 s after the boot is waited for', async () => {
    await sh(host, `${makeLate}; ${late(30)}`);
    const trunks = { eth0: onNic, late0: onLate };
    stack = await newStack('test/e2e/programs/reboot.ts', 'late', { host: target, trunks });
    await succeeds(stack.up());
    before = await linksOn(host, linksOf('late0', onLate));
    await pullPlug(host);
    const { unit, made, docker } = await startTimes(host, 'late+lab+shim+shim-late0');
    expect(made - unit).toBeGreaterThan(15);
    expect(docker).toBeGreaterThan(made);
    expect(docker - unit).toBeLessThan(60);
    expect(await linksOn(host, linksOf('late0', onLate))).toBe(before);
    expect(await running()).toEqual(containers(onNic, onLate));
    await reaches(host, onNic);
    await previewsNothing();
  });

  test('90 s after the boot holds Docker up for less than a minute, and then come its links and the containers on them', async () => {
    // Not to be started: somebody has stopped it.
    await sh(
      host,
      `docker run --detach --name stopped --restart unless-stopped --network "$(docker inspect --format '{{range $name, $one := .NetworkSettings.Networks}}{{$name}}{{end}}' ${containers(onLate)[0]})" busybox sleep 1000000
       docker stop --timeout 1 stopped`,
    );
    await sh(host, late(90));
    await pullPlug(host);
    const { unit, docker } = await startTimes(host, 'late+lab+shim+shim-eth0');
    expect(docker - unit).toBeGreaterThan(30);
    expect(docker - unit).toBeLessThan(60);
    await reaches(host, onNic);
    expect(await running()).toEqual(containers(onNic));
    await sh(host, untilInShell(`journalctl -b -t vlan-trunk | grep -qF 'late+lab+shim+shim-late0: as declared'`));
    expect(await linksOn(host, linksOf('late0', onLate))).toBe(before);
    await sh(host, untilInShell(`[ "$(docker ps --quiet | wc -l)" -ge 4 ]`));
    expect(await running()).toEqual(containers(onNic, onLate));
    // By its shim, since late0 leads nowhere.
    expect(await answeringHost(host, [container(host, onLate + 1).address])).toEqual(
      new Set([container(host, onLate + 1).address]),
    );
    await sh(host, 'docker rm stopped');
    await previewsNothing();
    await succeeds(stack.destroy());
    await sh(host, removeLate);
    expect(await hostFacts(host)).toBe(untouched);
  });
});
