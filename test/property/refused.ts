import type { NetworkSpec } from '../../src/plan/network';
import type { SubnetSpec } from '../../src/plan/subnet';
import type { CreateNetwork } from './model/engine';

/** A host that the checks refuse, and what an Engine is asked for when it is pushed past them. */
export interface Refused {
  rule: string;
  networks: NetworkSpec[];
  /** Containers to run, in this order: the number of the network, and a fixed address. */
  containers: [network: number, ipv4Address?: string][];
}

const subnet = { subnet: '10.9.0.0/24', gateway: '10.9.0.1' };
const apart = { subnet: '10.9.1.0/24', gateway: '10.9.1.1' };
const parentInterface = 'eth0.50';
const net = (subnets: SubnetSpec[], more: Partial<NetworkSpec> = {}): NetworkSpec => ({
  driver: 'macvlan',
  parentInterface,
  subnets,
  ...more,
});
const one = (rule: string, spec: NetworkSpec, ...containers: Refused['containers']): Refused => ({
  rule,
  networks: [spec],
  containers,
});
const two = (rule: string, a: NetworkSpec, b: NetworkSpec, ...containers: Refused['containers']): Refused => ({
  rule,
  networks: [a, b],
  containers,
});

/** One example a rule, of those that an Engine or the kernel enforces. The rest lose packets, and are for the lab. */
export const refused: readonly Refused[] = [
  one('host bits', net([{ subnet: '10.9.0.1/24', gateway: '10.9.0.2' }])),
  one('gateway outside the subnet', net([{ ...subnet, gateway: '10.9.1.1' }])),
  one('gateway is the network address', net([{ ...subnet, gateway: '10.9.0.0' }])),
  one('gateway is the broadcast address', net([{ ...subnet, gateway: '10.9.0.255' }])),
  one('gateway of the other family', net([{ ...subnet, gateway: '2001:db8::1' }])),
  one('IP range outside the subnet', net([{ ...subnet, ipRange: '10.9.1.0/26' }])),
  one('IP range larger than the subnet', net([{ ...subnet, ipRange: '10.9.0.0/23' }])),
  one('auxiliary address outside the subnet', net([{ ...subnet, auxiliaryAddresses: { a: '10.9.1.5' } }])),
  one('auxiliary address is the gateway', net([{ ...subnet, auxiliaryAddresses: { a: '10.9.0.1' } }])),
  one('auxiliary address is the broadcast address', net([{ ...subnet, auxiliaryAddresses: { a: '10.9.0.255' } }])),
  one('auxiliary address twice', net([{ ...subnet, auxiliaryAddresses: { a: '10.9.0.5', b: '10.9.0.5' } }])),
  one('subnets of a network overlap', net([subnet, { subnet: '10.9.0.128/25', gateway: '10.9.0.129' }])),
  one('no room for a container', net([{ subnet: '10.9.0.0/32', gateway: '10.9.0.0' }]), [0]),
  one('loopback as parent', net([subnet], { parentInterface: 'lo' })),
  one('VLAN ID over 4094 in a parent', net([subnet], { parentInterface: 'eth0.4095' })),
  one('mode of the other driver', net([subnet], { mode: 'l2' })),
  two('ipvlan twice on a parent', net([subnet], { driver: 'ipvlan' }), net([apart], { driver: 'ipvlan' })),
  two('both drivers on a parent', net([subnet]), net([apart], { driver: 'ipvlan' })),
  two('passthru beside another', net([subnet]), net([apart], { mode: 'passthru' })),
  two('another beside passthru', net([subnet], { mode: 'passthru' }), net([apart])),
  two('subnets overlap', net([subnet]), net([subnet], { parentInterface: 'eth0.60' })),
  two(
    'one gateway in a shared subnet',
    net([{ ...subnet, ipRange: '10.9.0.64/26' }]),
    net([{ ...subnet, ipRange: '10.9.0.128/26' }], { parentInterface: 'eth0.60' }),
  ),
  one('fixed address outside the subnets', net([subnet]), [0, '10.9.1.5']),
  one('fixed address is the gateway', net([subnet]), [0, '10.9.0.1']),
  one('fixed address is the network address', net([subnet]), [0, '10.9.0.0']),
  one('fixed address is the broadcast address', net([subnet]), [0, '10.9.0.255']),
  one('fixed address is reserved', net([{ ...subnet, auxiliaryAddresses: { a: '10.9.0.5' } }]), [0, '10.9.0.5']),
  one('fixed address twice', net([subnet]), [0, '10.9.0.5'], [0, '10.9.0.5']),
  one('more containers than addresses', net([{ ...subnet, ipRange: '10.9.0.4/31' }]), [0], [0], [0]),
  one('two containers on passthru', net([subnet], { mode: 'passthru' }), [0], [0]),
];

/** The network as declared, without any check or normal form: what a script of a user would ask for. */
export function unchecked(
  { driver, parentInterface: parent, mode, subnets }: NetworkSpec,
  name: string,
): CreateNetwork {
  const text = (value: unknown): string => value as string;
  return {
    name,
    driver,
    options: {
      parent: text(parent),
      ...(driver === 'macvlan' ? { macvlan_mode: mode ?? 'bridge' } : { ipvlan_mode: mode ?? 'l2' }),
    },
    internal: false,
    ipv6: subnets.some((each) => text(each.subnet).includes(':')),
    ipamConfigs: subnets.map((each) => ({
      subnet: text(each.subnet),
      gateway: text(each.gateway),
      ...(each.ipRange === undefined ? {} : { ipRange: text(each.ipRange) }),
      auxAddress: { ...(each.auxiliaryAddresses as Record<string, string> | undefined) },
    })),
  };
}
