import { type Problem, Problems } from '../../src/plan/argument/problem';
import type { VlanSpec } from '../../src/plan/link/trunk';
import { checkMtu } from '../../src/plan/link/mtu';
import { readTrunk } from '../../src/plan/link/trunk';
import { problemsWith } from '../readWith';

/*
 * A cable between two network namespaces of a lab host, `left` and `right`; its ends are both called `wire`. What is
 * wrong is on the left.
 */

export const sides = ['left', 'right'] as const;
export type Side = (typeof sides)[number];

/** The problems that the checks report for VLANs on the left end, whose MTU is 1500. */
export function problemsOf(...vlans: Partial<VlanSpec>[]): Problem[] {
  const spec = { parentInterface: 'wire', vlans: vlans.map((vlan) => ({ vlanId: 50, ...vlan })) };
  const problems = new Problems();
  spec.vlans.forEach(({ mtu }, index) => {
    if (typeof mtu === 'number')
      checkMtu(problems.at('vlans').at(index).at('mtu'), mtu, 1500, "the parent interface's");
  });
  return [...problemsWith(readTrunk, spec), ...problems.list];
}

/** VLANs that the kernel refuses: what a script would do without the check, in the left namespace. */
export interface Refused {
  rule: string;
  vlans: Partial<VlanSpec>[];
  /** Lines of `ip`, of which the last one fails. */
  lines: string[];
  says: RegExp;
}

const link = (name: string, id: number | string, more = '') =>
  `link add link wire name ${name} ${more} type vlan id ${id}`;
/** Lines of `ip` that put VLAN 50 on one end. */
export const vlan50 = [link('wire.50', 50), 'link set wire.50 up'];
const refusedAddress = (rule: string, address: string, says: RegExp): Refused => ({
  rule,
  vlans: [{ addresses: [address] }],
  lines: [...vlan50, `addr add ${address} dev wire.50`],
  says,
});

export const refused: readonly Refused[] = [
  { rule: 'VLAN ID 4095', vlans: [{ vlanId: 4095 }], lines: [link('wire.4095', 4095)], says: /Invalid VLAN id/ },
  { rule: 'VLAN ID below 0', vlans: [{ vlanId: -1 }], lines: [link('wire.x', -1)], says: /id is invalid/ },
  {
    rule: 'VLAN ID twice',
    vlans: [{}, { interfaceName: 'again' }],
    lines: [...vlan50, link('again', 50)],
    says: /VLAN device already exists/,
  },
  {
    rule: 'name twice',
    vlans: [{ interfaceName: 'x' }, { vlanId: 60, interfaceName: 'x' }],
    lines: [link('x', 50), link('x', 60)],
    says: /File exists/,
  },
  { rule: 'name of the parent', vlans: [{ interfaceName: 'wire' }], lines: [link('wire', 50)], says: /File exists/ },
  {
    rule: 'name of 16 bytes',
    vlans: [{ interfaceName: 'abcdefghijklmnop' }],
    lines: [link('abcdefghijklmnop', 50)],
    says: /not a valid ifname/,
  },
  {
    rule: 'name with a slash',
    vlans: [{ interfaceName: 'a/b' }],
    lines: [link('a/b', 50)],
    says: /not a valid ifname/,
  },
  {
    rule: 'name with a blank',
    vlans: [{ interfaceName: 'a b' }],
    lines: [link("'a b'", 50)],
    says: /not a valid ifname/,
  },
  { rule: 'name with a colon', vlans: [{ interfaceName: 'a:b' }], lines: [link('a:b', 50)], says: /Invalid argument/ },
  { rule: 'name of a setting', vlans: [{ interfaceName: 'all' }], lines: [link('all', 50)], says: /Invalid argument/ },
  {
    rule: 'MTU above the parent’s',
    vlans: [{ mtu: 1501 }],
    lines: [link('wire.50', 50, 'mtu 1501')],
    says: /Invalid argument/,
  },
  {
    rule: 'MTU above all',
    vlans: [{ mtu: 65536 }],
    lines: ['link set wire mtu 65535', link('wire.50', 50, 'mtu 65536')],
    says: /greater than device maximum/,
  },
  {
    rule: 'MTU too small for IPv4',
    vlans: [{ mtu: 67, addresses: ['10.9.0.1/24'] }],
    // The kernel takes the address away in silence.
    lines: [...vlan50, 'addr add 10.9.0.1/24 dev wire.50', 'link set wire.50 mtu 67', 'route get 10.9.0.2'],
    says: /Network is unreachable/,
  },
  {
    rule: 'MTU too small for IPv6',
    vlans: [{ mtu: 1279, addresses: ['2001:db8:9::1/64'] }],
    lines: [link('wire.50', 50, 'mtu 1279'), 'link set wire.50 up', 'addr add 2001:db8:9::1/64 dev wire.50'],
    says: /Invalid argument/,
  },
  refusedAddress('address that is none', '10.9.0.300/24', /any valid prefix is expected/),
  refusedAddress('address with too long a prefix', '10.9.0.1/33', /any valid prefix is expected/),
  refusedAddress('address with a zone', 'fe80::5%wire/64', /any valid prefix is expected/),
  refusedAddress('IPv6 multicast address', 'ff02::5/64', /multicast address/),
  refusedAddress('IPv6 loopback address', '::1/128', /loopback address/),
  refusedAddress('IPv6 unspecified address', '::/64', /Invalid address/),
  {
    rule: 'address twice on one VLAN',
    vlans: [{ addresses: ['10.9.0.1/24', '10.9.0.1/24'] }],
    lines: [...vlan50, 'addr add 10.9.0.1/24 dev wire.50', 'addr add 10.9.0.1/24 dev wire.50'],
    says: /already assigned/,
  },
];

/** VLANs that the kernel takes, and whose packets are lost, where those of right ones are not. */
export interface Lost {
  rule: string;
  vlans: Partial<VlanSpec>[];
  wrong: Wiring;
  right: Wiring;
}

/** Addresses by VLAN ID on both ends; without an ID they are on the wire itself. */
export interface Wiring {
  left: [vlanId: number, address: string][];
  right: [vlanId: number | undefined, address: string][];
  from: Side;
  to: string;
}

const onVlan50 = (left: string, right: string, from: Side, to: string): Wiring => ({
  left: [[50, left]],
  right: [[50, right]],
  from,
  to,
});
const good = onVlan50('10.9.0.1/24', '10.9.0.2/24', 'right', '10.9.0.1');
const good6 = onVlan50('2001:db8:9::1/64', '2001:db8:9::2/64', 'right', '2001:db8:9::1');
const lostAddress = (rule: string, left: string, right: string): Lost => ({
  rule,
  vlans: [{ addresses: [left] }],
  wrong: onVlan50(left, right, 'right', left.replace(/\/.*/, '')),
  right: left.includes(':') ? good6 : good,
});

export const lost: readonly Lost[] = [
  {
    rule: 'VLAN ID 0',
    vlans: [{ vlanId: 0 }],
    // It is the mark of a frame without VLAN, so that a neighbour answers without it.
    wrong: { left: [[0, '10.9.0.1/24']], right: [[undefined, '10.9.0.2/24']], from: 'left', to: '10.9.0.2' },
    right: { ...good, from: 'left', to: '10.9.0.2' },
  },
  {
    rule: 'address without a prefix length',
    vlans: [{ addresses: ['10.9.0.1'] }],
    wrong: onVlan50('10.9.0.1', '10.9.0.2/24', 'left', '10.9.0.2'),
    right: onVlan50('10.9.0.1/24', '10.9.0.2/24', 'left', '10.9.0.2'),
  },
  lostAddress('broadcast address', '10.9.0.255/24', '10.9.0.2/24'),
  lostAddress('IPv4 multicast address', '224.0.0.5/24', '224.0.0.6/24'),
  lostAddress('IPv4 unspecified address', '0.0.0.5/8', '0.0.0.6/8'),
  lostAddress('IPv4 loopback address', '127.0.9.5/24', '127.0.9.6/24'),
  lostAddress('limited broadcast address', '255.255.255.255/32', '255.255.255.254/31'),
  lostAddress('IPv4-mapped address', '::ffff:10.9.0.1/120', '::ffff:10.9.0.2/120'),
  {
    rule: 'address on two VLANs',
    vlans: [{ addresses: ['10.9.0.1/24'] }, { vlanId: 60, addresses: ['10.9.0.1/24'] }],
    wrong: {
      left: [
        [50, '10.9.0.1/24'],
        [60, '10.9.0.1/24'],
      ],
      right: [[60, '10.9.0.2/24']],
      from: 'right',
      to: '10.9.0.1',
    },
    right: {
      left: [
        [50, '10.9.0.1/24'],
        [60, '10.9.60.1/24'],
      ],
      right: [[60, '10.9.60.2/24']],
      from: 'right',
      to: '10.9.60.1',
    },
  },
];
