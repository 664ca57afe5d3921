import type { AttachmentSpec, ContainerSpec } from '../../src/plan/container/container';
import type { NetworkSpec } from '../../src/plan/network/network';
import type { Problem } from '../../src/plan/argument/problem';
import type { SubnetSpec } from '../../src/plan/network/subnet';
import type { CreateNetwork } from './model/engine';
import { checkAttachments } from '../../src/plan/container/container';
import { checkHostNetworks } from '../../src/plan/layout/hostNetwork';
import { checkNetwork, planNetwork } from '../../src/plan/network/network';
import { planHost } from '../../src/plan/layout/placement';

/** A host that the checks refuse, and what an Engine is asked for when it is pushed past them. */
export interface Refused {
  rule: string;
  networks: NetworkSpec[];
  /** Containers to run, in this order: the number of the network, and fixed addresses. */
  containers: [network: number, ipv4Address?: string, ipv6Address?: string][];
  /** The Engine's error, in the words of all its releases. */
  says: RegExp;
  /** The error of Engines up to 27 if it differs: they reserve a gateway of their own choice in the subnet. */
  saysUpTo27?: RegExp;
}

const subnet = { subnet: '10.9.0.0/24', gateway: '10.9.0.1' };
const apart = { subnet: '10.9.1.0/24', gateway: '10.9.1.1' };
const ipv6 = { subnet: '2001:db8:9::/64', gateway: '2001:db8:9::1' };
const pair = { subnet: '2001:db8:9::/127', gateway: 'none' };
const [low, high] = ['10.9.0.64/26', '10.9.0.128/26'];
const parentInterface = 'eth0.50';
const elsewhere = { parentInterface: 'eth0.60' };

const net = (subnets: SubnetSpec[], more: Partial<NetworkSpec> = {}): NetworkSpec => ({
  driver: 'macvlan',
  parentInterface,
  subnets,
  ...more,
});
const aux = (address: string, more: Record<string, string> = {}) =>
  net([{ ...subnet, auxiliaryAddresses: { a: address, ...more } }]);
const one = (rule: string, says: RegExp, spec: NetworkSpec, ...containers: Refused['containers']): Refused => ({
  rule,
  networks: [spec],
  containers,
  says,
});
const two = (
  rule: string,
  says: RegExp,
  networks: [NetworkSpec, NetworkSpec],
  ...containers: Refused['containers']
): Refused => ({ rule, networks, containers, says });

const inUse = /Address already in use/;
const overlaps = /Pool overlaps with other one/;
const outside = /parent subnet \S+ doesn't contain/;
const otherFamily = /parent subnet is an IPv4 block/;
const noSubnet = /no configured subnet/;
const noneLeft = /no available/;
// The second words are those of Engine 29.
const notCidr = /invalid CIDR|ParsePrefix/;
const notAddress = /invalid (IPv4 )?address|unable to parse IP/;

/** One example a rule, of those that every Engine or kernel enforces. What only loses packets is for the lab. */
export const refused: readonly Refused[] = [
  one('subnet with host bits', /it should be 10\.9\.0\.0\/24/, net([{ subnet: '10.9.0.1/24', gateway: '10.9.0.2' }])),
  one('subnet without a prefix length', notCidr, net([{ subnet: '10.9.0.0', gateway: '10.9.0.1' }])),
  one('subnet of too long a prefix', notCidr, net([{ subnet: '10.9.0.0/33', gateway: '10.9.0.1' }])),
  one('subnet with a leading zero', notCidr, net([{ subnet: '10.09.0.0/24', gateway: '10.9.0.1' }])),
  one('subnet with a zone', notCidr, net([{ subnet: '2001:db8:9::%eth0/64', gateway: 'none' }])),
  one('gateway outside the subnet', outside, net([{ ...subnet, gateway: '10.9.1.1' }])),
  one('gateway is no address', notAddress, net([{ ...subnet, gateway: 'router' }])),
  one('gateway is the network address', inUse, net([{ ...subnet, gateway: '10.9.0.0' }])),
  one('gateway is the broadcast address', inUse, net([{ ...subnet, gateway: '10.9.0.255' }])),
  one('gateway is the anycast address', inUse, net([{ ...ipv6, gateway: '2001:db8:9::' }])),
  one('gateway of the other family', otherFamily, net([{ ...subnet, gateway: '2001:db8::1' }])),
  one('gateway is IPv4-mapped', otherFamily, net([{ ...subnet, gateway: '::ffff:10.9.0.1' }])),
  one('gateway with a zone', outside, net([{ ...ipv6, gateway: '2001:db8:9::1%eth0' }])),
  one('IP range outside the subnet', outside, net([{ ...subnet, ipRange: '10.9.1.0/26' }])),
  one('IP range larger than the subnet', /bigger than its parent/, net([{ ...subnet, ipRange: '10.9.0.0/23' }])),
  one('IP range with host bits', /it should be 10\.9\.0\.0\/26/, net([{ ...subnet, ipRange: '10.9.0.5/26' }])),
  one('IP range of the other family', otherFamily, net([{ ...subnet, ipRange: '2001:db8::/120' }])),
  one('auxiliary address outside the subnet', outside, aux('10.9.1.5')),
  one('auxiliary address is the gateway', inUse, aux('10.9.0.1')),
  one('auxiliary address is the network address', inUse, aux('10.9.0.0')),
  one('auxiliary address is the broadcast address', inUse, aux('10.9.0.255')),
  one('auxiliary address of the other family', otherFamily, aux('2001:db8::5')),
  one('auxiliary address is IPv4-mapped', otherFamily, aux('::ffff:10.9.0.5')),
  one('auxiliary address twice', inUse, aux('10.9.0.5', { b: '10.9.0.5' })),
  one(
    'subnets of a network overlap',
    overlaps,
    // Of its own, since an Engine that refuses the second one keeps the first until it is restarted.
    net([
      { subnet: '10.9.7.0/24', gateway: '10.9.7.1' },
      { subnet: '10.9.7.128/25', gateway: '10.9.7.129' },
    ]),
  ),
  one('no room in a /32', noneLeft, net([{ subnet: '10.9.0.0/32', gateway: '10.9.0.0' }]), [0]),
  one(
    'no room in a /31',
    noneLeft,
    net([{ subnet: '10.9.0.0/31', gateway: '10.9.0.0', auxiliaryAddresses: { a: '10.9.0.1' } }]),
    [0],
  ),
  one('no room in a /127', noneLeft, net([{ ...pair, gateway: '2001:db8:9::1' }]), [0]),
  one('no room in a /128', noneLeft, net([{ subnet: '2001:db8:9::5/128', gateway: 'none' }]), [0]),
  one('loopback as parent', /loopback interface is not a valid/, net([subnet], { parentInterface: 'lo' })),
  one(
    'VLAN ID over 4094 in a parent',
    /vlan id must be between 1-4094/,
    net([subnet], { parentInterface: 'eth0.4095' }),
  ),
  one('VLAN ID 0 in a parent', /vlan id must be between 1-4094/, net([subnet], { parentInterface: 'eth0.0' })),
  one(
    'no VLAN ID after the dot of a parent',
    /unable to parse a valid vlan id/,
    net([subnet], { parentInterface: 'eth0.fifty' }),
  ),
  one('parent of 16 bytes', /numerical result out of range/, net([subnet], { parentInterface: 'eth0.00000000050' })),
  one('driver of another kind', /not a swarm manager/, net([subnet], { driver: 'overlay' as 'macvlan' })),
  one('mode of the other driver', /macvlan mode 'l2' is not valid/, net([subnet], { mode: 'l2' })),
  one(
    'flag that there is not',
    /ipvlan flag 'l2' is not valid/,
    net([subnet], { driver: 'ipvlan', flag: 'l2' as 'vepa' }),
  ),
  one('name that Docker keeps', /not permitted on predefined/, net([subnet], { name: 'host' })),
  one('name that is empty', /invalid name/, net([subnet], { name: '' })),
  two('name twice', /already exists/, [net([subnet], { name: 'net' }), net([apart], { ...elsewhere, name: 'net' })]),
  two('ipvlan twice on a parent', /already using parent interface/, [
    net([subnet], { driver: 'ipvlan' }),
    net([apart], { driver: 'ipvlan' }),
  ]),
  two(
    'both drivers on a parent',
    /ipvlan port: device or resource busy/,
    [net([subnet]), net([apart], { driver: 'ipvlan' })],
    [0],
    [1],
  ),
  two('passthru beside another', /already using parent interface/, [net([subnet]), net([apart], { mode: 'passthru' })]),
  two('another beside passthru', /already using parent interface/, [net([subnet], { mode: 'passthru' }), net([apart])]),
  two('subnets overlap', overlaps, [net([subnet]), net([subnet], elsewhere)]),
  two('a subnet overlaps one with an IP range', overlaps, [
    net([{ ...subnet, ipRange: low }]),
    net([{ ...subnet, gateway: '10.9.0.2' }], elsewhere),
  ]),
  two('IP range twice', overlaps, [
    net([{ ...subnet, ipRange: low }]),
    net([{ ...subnet, gateway: '10.9.0.2', ipRange: low }], elsewhere),
  ]),
  two('gateway twice in a shared subnet', inUse, [
    net([{ ...subnet, ipRange: low }]),
    net([{ ...subnet, ipRange: high }], elsewhere),
  ]),
  two('fixed address twice in a shared subnet', inUse, shared(), [0, '10.9.0.5'], [1, '10.9.0.5']),
  two('fixed address is reserved by another network', inUse, shared('10.9.0.5'), [1, '10.9.0.5']),
  two('no room beside what another network reserves', noneLeft, shared('10.9.0.129', '10.9.0.128/31'), [1], [1]),
  one('fixed address outside the subnets', noSubnet, net([subnet]), [0, '10.9.1.5']),
  one('fixed address is no address', notAddress, net([subnet]), [0, 'five']),
  one('fixed address is the gateway', inUse, net([subnet]), [0, '10.9.0.1']),
  one('fixed address is the network address', inUse, net([subnet]), [0, '10.9.0.0']),
  one('fixed address is the broadcast address', inUse, net([subnet]), [0, '10.9.0.255']),
  one('fixed address is the anycast address', inUse, net([ipv6]), [0, undefined, '2001:db8:9::']),
  {
    ...one('fixed address is the first of a /127', inUse, net([pair]), [0, undefined, '2001:db8:9::']),
    saysUpTo27: noneLeft,
  },
  one('fixed address is reserved', inUse, aux('10.9.0.5'), [0, '10.9.0.5']),
  one('fixed address twice', inUse, net([subnet]), [0, '10.9.0.5'], [0, '10.9.0.5']),
  one('fixed IPv4 address is an IPv6 one', /invalid IPv4 address/, net([subnet, ipv6]), [0, '2001:db8:9::5']),
  one('fixed IPv6 address is an IPv4 one', /invalid IPv6 address/, net([subnet, ipv6]), [0, undefined, '10.9.0.5']),
  one('fixed IPv6 address is IPv4-mapped', /invalid IPv6 address/, net([subnet, ipv6]), [
    0,
    undefined,
    '::ffff:10.9.0.5',
  ]),
  one('fixed address with a zone', /invalid IPv6 address/, net([ipv6]), [0, undefined, '2001:db8:9::5%eth0']),
  one('fixed address of a family without subnet', /user configured subnets|no configured subnet/, net([subnet]), [
    0,
    undefined,
    '2001:db8::5',
  ]),
  one('more containers than addresses', noneLeft, net([{ ...subnet, ipRange: '10.9.0.4/31' }]), [0], [0], [0]),
  one('two containers on passthru', /macvlan port: invalid argument/, net([subnet], { mode: 'passthru' }), [0], [0]),
];

/** Two networks with one subnet, of which the first reserves an address. */
function shared(reserved = '10.9.0.9', ipRange = high): [NetworkSpec, NetworkSpec] {
  return [
    net([{ ...subnet, ipRange: low, auxiliaryAddresses: { a: reserved } }]),
    net([{ ...subnet, gateway: '10.9.0.2', ipRange }], elsewhere),
  ];
}

/** The problems that the checks report for a host. */
export function problemsOf({ networks, containers }: Pick<Refused, 'networks' | 'containers'>): Problem[] {
  const plans = networks.map((spec) => planNetwork(spec));
  const attached = containers.map(([network, ipv4Address, ipv6Address]): ContainerSpec => {
    const fixed: Partial<AttachmentSpec> = {
      ...(ipv4Address === undefined ? {} : { ipv4Address }),
      ...(ipv6Address === undefined ? {} : { ipv6Address }),
    };
    return { attachments: [{ network: plans[network]!, ...fixed }] };
  });
  return [
    ...networks.flatMap((spec) => checkNetwork(spec)),
    ...attached.flatMap((container) => checkAttachments(container)),
    ...checkHostNetworks(planHost(plans, attached)),
  ];
}

/** The declared network without any check or normal form, as a user's script would create it. */
export function unchecked(spec: NetworkSpec, index: number): CreateNetwork {
  const { driver, parentInterface: parent, mode, flag, subnets, name, internal } = spec;
  const text = (value: unknown): string => value as string;
  const isIpv6 = subnets.map((each) => text(each.subnet).includes(':'));
  return {
    name: text(name ?? `net${index}`),
    driver,
    options: {
      ...(parent === undefined ? {} : { parent: text(parent) }),
      ...(mode === undefined ? {} : { [`${driver}_mode`]: mode }),
      ...(flag === undefined ? {} : { ipvlan_flag: flag }),
      ...(isIpv6.includes(false) ? {} : { 'com.docker.network.enable_ipv4': 'false' }),
    },
    internal: internal === true,
    ipv6: isIpv6.includes(true),
    ipamConfigs: subnets.map((each) => ({
      subnet: text(each.subnet),
      ...(each.gateway === 'none' || each.gateway === undefined ? {} : { gateway: text(each.gateway) }),
      ...(each.ipRange === undefined ? {} : { ipRange: text(each.ipRange) }),
      auxAddress: { ...(each.auxiliaryAddresses as Record<string, string> | undefined) },
    })),
  };
}
