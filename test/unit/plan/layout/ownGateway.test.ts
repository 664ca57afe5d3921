import type { NetworkSpec } from '../../../../src/plan/network/network';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { shimLinks, trunkLinks } from '../../../../src/plan/layout/declaredLink';
import { checkFoundGateways, checkOwnGateways } from '../../../../src/plan/layout/ownGateway';
import { parseAddress } from '../../../../src/plan/ip/address';
import { planHost } from '../../../../src/plan/layout/placement';
import { planNetwork } from '../../../../src/plan/network/network';
import { lines } from '../text';

const ipv6 = { subnet: '2001:db8:50::/64', gateway: '2001:db8:50::1' };
const subnet = { subnet: '10.0.50.0/24', gateway: '10.0.50.1' };

/** A host with addresses of its own on VLAN 50, and one network with a container there. */
const check = (addresses: unknown, more: Partial<NetworkSpec> = {}, isUsed = true): string[] => {
  const network = planNetwork({ driver: 'macvlan', parentInterface: 'eth0.50', subnets: [subnet, ipv6], ...more });
  const names = { host: 'n1', networks: ['lan'], containers: ['web'] };
  const containers = isUsed ? [{ attachments: [{ network }] }] : [];
  const links = [
    ...trunkLinks('own', { parentInterface: 'eth0', vlans: [{ vlanId: 50, addresses }] }),
    ...shimLinks('shim', { network, addresses: ['10.0.50.1'] }),
  ];
  return lines(checkOwnGateways(planHost([network], containers, names), links));
};

const refusal = (position: number, address: number, found: string) =>
  `hosts.n1.networks.lan.subnets[${position}].gateway: must not be the host's own address (hosts.n1.trunks.own.vlans[0].addresses[${address}]), ` +
  `which its own containers cannot reach: use macvlan with a shim that carries it in place of the interface, or ipvlan in mode l3, which needs no gateway, got "${found}"`;

test('refuses a gateway that is the address of the host on the parent, of each family', () => {
  expect(check(['10.0.50.1/24', '2001:DB8:50::1/64'])).toEqual([
    refusal(0, 0, '10.0.50.1'),
    refusal(1, 1, '2001:db8:50::1'),
  ]);
  expect(check(['10.0.50.2/24', '10.0.50.1/32'], { driver: 'ipvlan' })).toEqual([refusal(0, 1, '10.0.50.1')]);
});

test('accepts it on a shim of the network, which containers reach', () => expect(check(['10.0.50.2/32'])).toEqual([]));

test.each([
  { what: 'another address', addresses: ['10.0.50.2/24'] },
  { what: 'no container: those of other hosts may use it', addresses: ['10.0.50.1/24'], isUsed: false },
  { what: 'a network on another link', addresses: ['10.0.50.1/24'], more: { parentInterface: 'eth1.50' } },
  { what: 'an internal network, without default route', addresses: ['10.0.50.1/24'], more: { internal: true } },
  { what: 'a network without parent', addresses: ['10.0.50.1/24'], more: { parentInterface: undefined as never } },
  { what: 'what is not known yet', addresses: notKnown },
  { what: 'garbage', addresses: [5, null, notKnown, 'x', '10.0.50.1'] },
])('accepts $what', ({ addresses, more, isUsed }) => expect(check(addresses, more, isUsed)).toEqual([]));

test('refuses one that was found on the parent, and no other', () => {
  const network = planNetwork({ driver: 'ipvlan', parentInterface: 'eth0', subnets: [subnet, ipv6] });
  const found = (link: string, text: string) => {
    const address = parseAddress(text);
    return address === undefined ? [] : lines(checkFoundGateways(network, [{ link, address }]));
  };
  expect(found('eth0', '2001:db8:50::1')).toEqual([
    "subnets[1].gateway: must not be the host's own address on eth0, which its own containers cannot reach: " +
      'use macvlan with a shim that carries it in place of the interface, or ipvlan in mode l3, which needs no gateway, got "2001:db8:50::1"',
  ]);
  for (const [link, text] of [
    ['eth0', '10.0.50.2'],
    ['eth0-shim', '10.0.50.1'],
  ] as const)
    expect(found(link, text)).toEqual([]);
});
