import type { Stack } from '../../lab/engine/stack';
import { reinstallHost, untilInShell } from '../../lab/lab';
import { containerStarts, hostFacts, keepPinging, sh } from './facts';
import { addressOf, keyfiles, plugManagers, previewsNothing, write } from './managerHost';
import { container, linksOf, linksOn, prefix, pullPlug, reaches, startTimes } from './returning';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Network managers of Debian that have the parent interface: a restart of one, a power cut and a boot, and rules that match a VLAN. */

const host = 'n12';
const first = 244;
const pattern = linksOf('eth0', first);
/** The other end of both VLANs. In a network namespace, where it is no concern of the tests that have this host. */
const peer = 'n9';
const peerNamespace = 'managers';

const connected = untilInShell(`nmcli -g GENERAL.STATE device show eth0 | grep -q '^100'`);

interface Manager {
  name: string;
  /** Gives it the parent interface. */
  install: () => string;
  /** A rule of its own for the first VLAN, with another address where it takes one; and what a preview says to it. */
  rule: string;
  words: string;
  dropRule: string;
  restart: string;
  /** Whom the check takes the parent interface to belong to. */
  owner: string;
  /** Pings that may be lost in it: five a second. */
  loss: number;
}

const managers: Manager[] = [
  {
    name: 'NetworkManager',
    install: () =>
      [
        write(
          `${keyfiles}/eth0.nmconnection`,
          600,
          ...['[connection]', 'id=eth0', 'type=ethernet', 'interface-name=eth0'],
          ...['[ipv4]', 'method=manual', `address1=${addressOf(host)}/24`, '[ipv6]', 'method=link-local'],
        ),
        'systemctl daemon-reload; systemctl reload dbus; systemctl enable --quiet --now NetworkManager',
        connected,
      ].join('\n'),
    rule: [
      write(
        `${keyfiles}/rule.nmconnection`,
        600,
        ...['[connection]', 'id=rule', 'type=vlan', `interface-name=eth0.${first}`],
        ...['[vlan]', `id=${first}`, 'parent=eth0', '[ipv4]', 'method=manual', 'address1=10.99.9.9/24'],
      ),
      'nmcli connection reload',
    ].join('\n'),
    words: '',
    dropRule: `rm ${keyfiles}/rule.nmconnection; nmcli connection reload`,
    restart: `systemctl restart NetworkManager\n${connected}`,
    owner: 'NetworkManager',
    loss: 0,
  },
  {
    name: 'ifupdown',
    install: () =>
      [
        'systemctl disable --quiet --now NetworkManager',
        write(
          '/etc/network/interfaces',
          600,
          ...[
            'auto lo',
            'iface lo inet loopback',
            'auto eth0',
            'iface eth0 inet static',
            `address ${addressOf(host)}/24`,
          ],
          ...['pre-up ip address flush dev eth0', 'source /etc/network/interfaces.d/*'],
        ),
        'systemctl daemon-reload; systemctl enable --quiet --now networking',
      ].join('\n'),
    rule: write('/etc/network/interfaces.d/rule', 600, `iface eth0.${first} inet manual`, 'vlan-raw-device eth0'),
    words: `eth0.${first} is in /etc/network/interfaces too: ifdown and a restart of networking delete it under the containers on it`,
    dropRule: 'rm /etc/network/interfaces.d/rule',
    // With what it starts in turn.
    restart: `systemctl restart networking\n${untilInShell('! systemctl list-jobs --no-legend | grep -qF vlan-trunk')}`,
    owner: 'ifupdown (/etc/network/interfaces)',
    loss: 15,
  },
];

beforeAll(() => plugManagers(host, peer, peerNamespace, first));
afterAll(async () => {
  await forgetStacks();
  await sh(peer, `ip netns del ${peerNamespace}`);
  await reinstallHost(host);
  expect(await sh(host, 'command -v nmcli ifquery || echo none')).toBe('none');
});

describe.each(managers)('$name', ({ install, rule, words, dropRule, restart, owner, loss }) => {
  let untouched: string;
  let stack: Stack;
  let before: string;

  test('a restart of it takes nothing from links and containers', async () => {
    await sh(host, install());
    untouched = await hostFacts(host);
    stack = await newStack('test/e2e/programs/reboot.ts', 'managers', {
      host: hostConfigs(host)[0],
      trunks: { eth0: first },
    });
    await sh(host, rule);
    expect((await succeeds(stack.preview())).diagnostics.join('\n')).toContain(words);
    await sh(host, dropRule);
    await succeeds(stack.up());
    await reaches(host, first);
    before = await linksOn(host, pattern);
    const started = await containerStarts(host);
    const pings = await keepPinging(container(host, first), `${prefix(first)}.2`, 0.2);
    await sh(host, restart);
    const { sent, back } = await pings.stop();
    expect(sent - back).toBeLessThanOrEqual(loss);
    expect(await linksOn(host, pattern)).toBe(before);
    expect(await containerStarts(host)).toBe(started);
    await reaches(host, first);
    await previewsNothing(stack);
    const trunk = 'managers+lab+trunk-eth0';
    const check = await sh(host, `cd /var/lib/vlan-trunk; sh .script/${trunk} check '' <.spec/${trunk}`);
    expect(check.split('\n')).toContain(`manager eth0 belongs to ${owner}`);
  });

  test('after a power cut the links are there before Docker, also where it has a rule for one of them', async () => {
    await sh(host, rule);
    await pullPlug(host);
    const { made, docker } = await startTimes(host, 'managers+lab+shim+shim-eth0');
    expect(made).toBeLessThan(docker);
    expect(await linksOn(host, pattern)).toBe(before);
    await reaches(host, first);
    await sh(host, dropRule);
    await previewsNothing(stack);
  });

  test('the removal leaves no file', async () => {
    await succeeds(stack.destroy());
    expect(await hostFacts(host)).toBe(untouched);
  });
});
