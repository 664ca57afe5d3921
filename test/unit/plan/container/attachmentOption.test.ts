import type { AttachmentSpec } from '../../../../src/plan/container/container';
import { checkAttachments } from '../../../../src/plan/container/container';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { planNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const ipv4 = { subnet: '10.0.0.0/24', gateway: 'none' };
const ipv6 = { subnet: '2001:db8::/64', gateway: 'none' };
const network = planNetwork({ driver: 'macvlan', name: 'v4', subnets: [ipv4] });
const dual = planNetwork({ driver: 'macvlan', name: 'dual', subnets: [ipv4, ipv6] });
const dual2 = planNetwork({ driver: 'macvlan', name: 'dual2', subnets: [ipv4, ipv6] });
const onlyIpv6 = planNetwork({ driver: 'macvlan', name: 'v6', subnets: [ipv6] });
const half = planNetwork({ driver: 'macvlan', name: 'half', subnets: [ipv4, { subnet: notKnown }] });
const ipvlan = planNetwork({ driver: 'ipvlan', name: 'ipvlan', subnets: [ipv4] });
const routed = planNetwork({ driver: 'ipvlan', name: 'l3', mode: 'l3s', subnets: [{ subnet: '10.0.0.0/24' }] });

const check = (...attachments: unknown[]): string[] =>
  lines(checkAttachments({ attachments: attachments as AttachmentSpec[] }));

describe('accepts', () => {
  const arp = 'net.ipv4.conf.IFNAME.arp_notify';
  test.each<[string, unknown[]]>([
    ['static where there is IPv6', [{ network: dual, ipv6: 'static', ipv6Address: '2001:db8::5' }]],
    ['static where there may be IPv6', [{ network: half, ipv6: 'static' }]],
    ['slaac where Docker has no IPv6', [{ network, ipv6: 'slaac' }]],
    ['slaac beside an address of Docker', [{ network: dual, ipv6: 'slaac', ipv6Address: '2001:db8::5' }]],
    ['slaac on ipvlan l2', [{ network: ipvlan, ipv6: 'slaac' }]],
    ['off with IPv6 and without', [{ network: dual, ipv6: 'off' }, { network }]],
    ['off on two networks with IPv6', [dual, dual2].map((one) => ({ network: one, ipv6: 'off' }))],
    [
      'off beside slaac',
      [
        { network: dual, ipv6: 'off' },
        { network: dual2, ipv6: 'slaac' },
      ],
    ],
    [
      'off beside what may be off',
      [
        { network: dual, ipv6: 'off' },
        { network: dual2, ipv6: notKnown },
      ],
    ],
    ['settings', [{ network, sysctls: { [arp]: '1', 'net.ipv6.conf.IFNAME.stable_secret': '2001:db8::1' } }]],
    ['a setting not known yet', [{ network, sysctls: { [arp]: notKnown } }]],
    ['names', [{ network, interfaceName: 'lan0' }, { network: dual }]],
    [
      'the names of Docker, each given',
      [network, dual].map((one, at) => ({ network: one, interfaceName: `eth${1 - at}` })),
    ],
    [
      'and where one is not known yet',
      [
        { network, interfaceName: 'eth1' },
        { network: dual, interfaceName: notKnown },
      ],
    ],
  ])('%s', (_, attachments) => expect(check(...attachments)).toEqual([]));
});

describe('refuses', () => {
  const setting = 'must be a setting of an interface, like net.ipv4.conf.IFNAME.arp_notify';
  test.each<[object, string]>([
    [{ ipv6: 'dhcp' }, 'ipv6: must be one of static, slaac, off, got "dhcp"'],
    [{ ipv6: 'static' }, 'ipv6: must be on a network with an IPv6 subnet, got "static"'],
    [
      { network: routed, ipv6: 'slaac' },
      'ipv6: must not be on ipvlan l3 or l3s, which let no router advertisement in, got "slaac"',
    ],
    [
      { network: onlyIpv6, ipv6: 'off' },
      'ipv6: must not be on a network without IPv4, which would leave no address, got "off"',
    ],
    [
      { network: dual, ipv6: 'off', ipv6Address: '2001:db8::5' },
      'ipv6Address: must be left out where ipv6 is "off", got "2001:db8::5"',
    ],
    [
      { sysctls: { 'net.ipv4.conf.eth0.arp_notify': '1' } },
      `sysctls["net.ipv4.conf.eth0.arp_notify"]: ${setting} (did you mean net.ipv4.conf.IFNAME.arp_notify?)`,
    ],
    [{ sysctls: { 'net.core.somaxconn': '1' } }, `sysctls["net.core.somaxconn"]: ${setting}`],
    [
      { sysctls: { 'net.ipv4.conf.IFNAME.arp_notify': '1,net.ipv4.conf.IFNAME.forwarding=1' } },
      "sysctls[\"net.ipv4.conf.IFNAME.arp_notify\"]: must be a text of letters, digits, '.', '_', ':' and '-', " +
        'got "1,net.ipv4.conf.IFNAME.forwarding=1"',
    ],
    [
      { network: dual, ipv6: 'static', sysctls: { 'net.ipv6.conf.IFNAME.accept_ra': '1' } },
      'sysctls["net.ipv6.conf.IFNAME.accept_ra"]: must be left out: the attachment\'s ipv6 sets it',
    ],
    [{ interfaceName: 'lo' }, 'interfaceName: must not be the loopback interface, got "lo"'],
    [{ interfaceName: 'a-much-too-long-name' }, 'interfaceName: must be at most 15 bytes, got "a-much-too-long-name"'],
    [
      { macAddress: '03:00:5e:10:00:01' },
      'macAddress: must be the MAC address of one machine, not of a group: its first byte must be even, got "03:00:5e:10:00:01"',
    ],
  ])('%j', (attachment, problem) => expect(check({ network, ...attachment })).toEqual([`attachments[0].${problem}`]));

  test('IPv6 off on one of two networks that have it', () =>
    expect(check({ network: dual }, { network: dual2, ipv6: 'off' })).toEqual([
      'attachments[0]: must set ipv6: "off" too, because attachments[1], whose network has an IPv6 subnet, ' +
        'turns IPv6 off in all of the container',
    ]));

  test('names that two interfaces would have', () => {
    const [one, other] = [network, dual].map((each) => ({ network: each, interfaceName: 'lan0' }));
    expect(check(one, other)).toEqual([
      'attachments[1].interfaceName: must be given once, got "lan0" also at attachments[0].interfaceName',
    ]);
    expect(check({ network }, { network: dual, interfaceName: 'eth0' })).toEqual([
      'attachments[1].interfaceName: must be another name, or each attachment must have one: ' +
        'Docker names the others eth0, eth1, …, got "eth0"',
    ]);
  });
});

describe('settings of the container, not of an interface', () => {
  const withSysctls = (sysctls: Record<string, string>, mode?: 'off') =>
    lines(checkAttachments({ attachments: [{ network: dual, ipv6: mode }], sysctls }));

  test('are left alone', () =>
    expect(withSysctls({ 'net.ipv4.ip_forward': '1', 'net.ipv4.conf.all.rp_filter': '2' })).toEqual([]));

  test('belong to an attachment where they name an interface', () =>
    expect(withSysctls({ 'net.ipv6.conf.eth0.accept_ra': '2' })).toEqual([
      'sysctls["net.ipv6.conf.eth0.accept_ra"]: must be given to an attachment, ' +
        "as sysctls: { 'net.ipv6.conf.IFNAME.accept_ra': … }",
    ]));

  test('do not contradict ipv6: "off"', () => {
    expect(withSysctls({ 'net.ipv6.conf.all.disable_ipv6': '1' }, 'off')).toEqual([]);
    expect(withSysctls({ 'net.ipv6.conf.all.disable_ipv6': '0' })).toEqual([]);
    expect(withSysctls({ 'net.ipv6.conf.all.disable_ipv6': '0' }, 'off')).toEqual([
      'sysctls["net.ipv6.conf.all.disable_ipv6"]: must be "1", because an attachment has ipv6: "off", got "0"',
    ]);
  });
});
