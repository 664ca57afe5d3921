import { must } from '../../lab/command';
import { unpackHostPackages } from '../../lab/hostPackage';
import { currentLab, cutPower, inside, powerOn, reinstallHost, untilInShell } from '../../lab/lab';
import { answering, answeringHost } from '../../lab/reach';
import { hostFacts, keepPinging, sh } from './facts';
import { managerPackages } from './managerPackages';
import { forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Network managers of Debian that have the parent interface: a restart of one, a power cut and a boot, and rules that match a VLAN. */

const host = 'n12';
const [first, second] = [244, 245];
const prefix = (vlanId: number) => `192.168.${vlanId}`;
const container = (vlanId: number) => ({ host, container: `reboot-${vlanId}`, address: `${prefix(vlanId)}.70` });
/** The other end of both VLANs: this machine's own, on the trunk. */
const peer = (vlanId: number) => `${prefix(vlanId)}.2`;
const onPeer = (...words: string[]) => must(inside(currentLab(), ['ip', ...words]));

interface Manager {
  name: string;
  /** Gives it the parent interface. */
  install: string;
  /** A rule of its own for the VLAN, which would give it this address. */
  rule: string;
  restart: string;
  /** True where the parent interface keeps its state meanwhile. */
  keepsParent: boolean;
  owns: string;
}

const address = () => currentLab().hosts.find(({ name }) => name === host)?.address ?? '';
const taken = '10.99.9.9';

const keyfile = (name: string, lines: string[]) =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >/etc/NetworkManager/system-connections/${name}.nmconnection
   chmod 600 /etc/NetworkManager/system-connections/${name}.nmconnection`;
const connected = untilInShell(`nmcli -g GENERAL.STATE device show eth0 | grep -q '^100'`);

const managers: () => Manager[] = () => [
  {
    name: 'NetworkManager',
    install: [
      keyfile('eth0', [
        ...['[connection]', 'id=eth0', 'type=ethernet', 'interface-name=eth0'],
        ...['[ipv4]', 'method=manual', `address1=${address()}/24`],
        ...['[ipv6]', 'method=link-local'],
      ]),
      'systemctl daemon-reload; systemctl reload dbus; systemctl enable --now NetworkManager',
      connected,
    ].join('\n'),
    rule: [
      keyfile('rule', [
        ...['[connection]', 'id=rule', 'type=vlan', `interface-name=eth0.${first}`],
        ...['[vlan]', `id=${first}`, 'parent=eth0'],
        ...['[ipv4]', 'method=manual', `address1=${taken}/24`],
      ]),
      'nmcli connection reload',
    ].join('\n'),
    restart: `systemctl restart NetworkManager\n${connected}`,
    keepsParent: true,
    owns: 'NetworkManager',
  },
  {
    name: 'ifupdown',
    install: [
      `printf '%s\\n' 'auto lo' 'iface lo inet loopback' 'auto eth0' 'iface eth0 inet static' ' address ${address()}/24' ' pre-up ip address flush dev eth0' >/etc/network/interfaces`,
      'systemctl daemon-reload; systemctl enable --now networking',
    ].join('\n'),
    rule: '',
    restart: 'systemctl restart networking',
    keepsParent: false,
    owns: 'ifupdown (/etc/network/interfaces)',
  },
];
