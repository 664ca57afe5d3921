import type { Stack } from '../../lab/engine/stack';
import { reinstallHost, untilInShell } from '../../lab/lab';
import { containerStarts, hostFacts, keepPinging, sh } from './facts';
import { addressOf, keyfiles, plugManagers, previewsNothing, write } from './managerHost';
import { container, linksOf, linksOn, prefix, pullPlug, reaches, startTimes } from './returning';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** VLANs that the network manager of the host makes at a boot, by files of ours: `persistence` of the Host names it. */

const host = 'n12';
const first = 246;
const pattern = linksOf('eth0', first);
const links = [`eth0.${first}`, `plant${first + 1}`];
/** The other end of both VLANs, see managers.test.ts. */
const peer = 'n9';
const peerNamespace = 'managed';

interface Manager {
  persistence: 'networkd' | 'networkmanager';
  /** Gives it the parent interface, also after a boot. */
  install: () => string;
  service: string;
  /** The value for a manager that is not there. */
  other: string;
  hasParent: string;
  /** All files that say what it makes, and one of them for the second VLAN. */
  files: string[];
  fileOfSecond: string;
  /** In its journal, once it has made a link. */
  makes: (link: string) => RegExp;
  /** Reads anew all that it has about the parent. */
  reconfigure: string;
  /** Why it is refused while it does not run. */
  why: string;
}

const owner = 'managed+lab+trunk-eth0';
const managers: Manager[] = [
  {
    persistence: 'networkd',
    install: () =>
      [
        write(
          '/etc/systemd/network/20-eth0.network',
          644,
          ...['[Match]', 'Name=eth0', '[Network]', `Address=${addressOf(host)}/24`],
        ),
        'systemctl enable --quiet --now systemd-networkd',
      ].join('\n'),
    service: 'systemd-networkd',
    other: 'networkmanager',
    hasParent: untilInShell(`networkctl list eth0 --no-legend | grep -q ' configured'`),
    files: [
      `/etc/systemd/network/00-vlan-trunk-${owner}.network`,
      ...links.map((link) => `/etc/systemd/network/00-vlan-trunk-${owner}@${link}.netdev`),
      `/etc/systemd/network/20-eth0.network.d/vlan-trunk-${owner}.conf`,
    ],
    fileOfSecond: `/etc/systemd/network/00-vlan-trunk-${owner}@${links[1]}.netdev`,
    makes: (link) => new RegExp(`^${link}: netdev ready$`, 'm'),
    reconfigure: 'networkctl reload; networkctl reconfigure eth0',
    why: `links cannot come back after a reboot by systemd-networkd, because systemd-networkd does not run on this host: persistence: 'unit' on the Host does without it`,
  },
  {
    persistence: 'networkmanager',
    install: () =>
      [
        'systemctl disable --quiet --now systemd-networkd.socket systemd-networkd; rm -rf /etc/systemd/network/20-eth0.network /run/systemd/netif/state',
        write(
          `${keyfiles}/eth0.nmconnection`,
          600,
          ...['[connection]', 'id=eth0', 'type=ethernet', 'interface-name=eth0'],
          ...['[ipv4]', 'method=manual', `address1=${addressOf(host)}/24`, '[ipv6]', 'method=link-local'],
        ),
        'systemctl daemon-reload; systemctl reload dbus; systemctl enable --quiet --now NetworkManager',
      ].join('\n'),
    service: 'NetworkManager',
    other: 'networkd',
    hasParent: untilInShell(`nmcli -g GENERAL.STATE device show eth0 | grep -q '^100'`),
    files: [
      `/run/NetworkManager/conf.d/vlan-trunk-${owner}.conf`,
      ...links.map((link) => `${keyfiles}/vlan-trunk-${owner}@${link}.nmconnection`),
    ],
    fileOfSecond: `${keyfiles}/vlan-trunk-${owner}@${links[1]}.nmconnection`,
    makes: (link) => new RegExp(`device \\(${link}\\): Activation: starting connection 'vlan-trunk-${link}'`),
    reconfigure: 'systemctl reload NetworkManager; nmcli connection reload',
    why: `links cannot come back after a reboot by NetworkManager, because NetworkManager does not run on this host: persistence: 'unit' on the Host does without it`,
  },
];

beforeAll(() => plugManagers(host, peer, peerNamespace, first));
afterAll(async () => {
  await forgetStacks();
  await sh(peer, `ip netns del ${peerNamespace}`);
  await reinstallHost(host);
});

describe.each(managers)('$persistence', ({ persistence, install, service, hasParent, ...by }) => {
  let untouched: string;
  let stack: Stack;
  let before: string;
  const declares = (how: string) => ({
    host: { ...hostConfigs(host)[0], persistence: how },
    trunks: { eth0: first },
  });
  const ours = () => sh(host, `find /etc /run -path '*vlan-trunk-${owner}*' 2>/dev/null | sort`);
  const allOurs = [...by.files].sort().join('\n');

  /** Restarts the manager and lets it read all anew while a container pings: at most three seconds are lost, and nothing else. */
  const survivesRestart = async () => {
    const started = await containerStarts(host);
    const pings = await keepPinging(container(host, first), `${prefix(first)}.2`, 0.2);
    await sh(host, [`systemctl restart ${service}`, hasParent, by.reconfigure, hasParent].join('\n'));
    const { sent, back } = await pings.stop();
    expect(sent - back).toBeLessThanOrEqual(15);
    expect(await linksOn(host, pattern)).toBe(before);
    expect(await containerStarts(host)).toBe(started);
    await reaches(host, first);
  };

  test('has files of ours, and a restart of it takes nothing from links and containers', async () => {
    await sh(host, `${install()}\n${hasParent}`);
    untouched = await hostFacts(host);
    stack = await newStack('test/e2e/programs/reboot.ts', 'managed', declares(persistence));
    await succeeds(stack.up());
    expect(await ours()).toBe(allOurs);
    await reaches(host, first);
    await previewsNothing(stack);
    before = await linksOn(host, pattern);
    await survivesRestart();
    await previewsNothing(stack);
  });

  test('after a power cut it has made the VLANs before Docker starts', async () => {
    await pullPlug(host);
    const { made, docker } = await startTimes(host, 'managed+lab+shim+shim-eth0');
    expect(made).toBeLessThan(docker);
    expect(await sh(host, `journalctl -b -t vlan-trunk -o cat | grep -F 'has not made' || echo all`)).toBe('all');
    const journal = await sh(host, `journalctl -b -u ${service} -o cat`);
    for (const link of links) expect(journal).toMatch(by.makes(link));
    expect(await linksOn(host, pattern)).toBe(before);
    await reaches(host, first);
    await previewsNothing(stack);
    await survivesRestart();
  });

  test('a file of ours that somebody removes is drift', async () => {
    await sh(host, `rm ${by.fileOfSecond}`);
    const preview = await succeeds(stack.preview());
    expect(preview.diagnostics.join('\n')).toContain(
      `what brings links on eth0 back after a reboot (${persistence}) is missing`,
    );
    expect(doings(preview)).toEqual(['update trunk-eth0-links']);
    await succeeds(stack.up());
    expect(await ours()).toBe(allOurs);
    await previewsNothing(stack);
  });

  test('another persistence takes them away in one up, and this one brings them back', async () => {
    stack = configured(stack, declares('unit'));
    await succeeds(stack.up());
    expect((await ours()).split('\n').filter((file) => by.files.slice(1).includes(file))).toEqual([]);
    expect(await linksOn(host, pattern)).toBe(before);
    await reaches(host, first);
    stack = configured(stack, declares(persistence));
    await succeeds(stack.up());
    expect(await ours()).toBe(allOurs);
    await previewsNothing(stack);
  });

  test('is refused at preview while it does not run, and so is another manager, with what works', async () => {
    const { error: wrong } = await configured(stack, declares(by.other)).preview();
    expect(wrong).toContain(
      `does not run on this host: persistence: 'unit' or '${persistence}' on the Host does without it`,
    );
    await sh(host, `systemctl stop ${service}.socket 2>/dev/null; systemctl stop ${service}`);
    const { ok, error } = await stack.preview();
    await sh(host, `systemctl start ${service}\n${hasParent}`);
    expect([ok, error]).toEqual([false, expect.stringContaining(by.why)]);
    await previewsNothing(stack);
  });

  test('the removal leaves no file and nothing that the manager makes again, also where the unit has not run', async () => {
    await sh(host, 'systemctl disable --quiet vlan-trunk');
    await pullPlug(host);
    await sh(host, untilInShell(links.map((link) => `[ -e /sys/class/net/${link} ]`).join(' && ')));
    expect(await sh(host, 'ip -d link')).not.toContain('alias vlan-trunk');
    await succeeds(stack.destroy());
    await sh(host, `${by.reconfigure}\n${hasParent}`);
    expect(await hostFacts(host)).toBe(untouched);
  });
});
