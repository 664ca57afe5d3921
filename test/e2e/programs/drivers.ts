import * as pulumi from '@pulumi/pulumi';
import {
  Host,
  type HostArgs,
  IpvlanNetwork,
  type IpvlanNetworkArgs,
  MacvlanNetwork,
  type MacvlanNetworkArgs,
  NetworkContainer,
  type SubnetArgs,
  VlanTrunk,
} from 'vlan-trunk';

/** Both drivers in every mode and with every kind of subnet, a VLAN each, and containers on each: `<network>-a`, `<network>-b`, … */
const config = new pulumi.Config();
const { name: hostName, ...how } = config.requireObject<HostArgs & { name: string }>('host');
/** What the host's Engine can do decides what is declared: nothing that it would refuse, unless the test asks for that. */
const engine = config.requireNumber('engine');
const without = config.getObject<string[]>('without') ?? [];

const host = new Host(hostName, how);
const ids = Array.from({ length: 17 }, (_, index) => 100 + index);
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: ids.map((vlanId) => ({ vlanId })) });

/** Addresses of `-a`, `-b`, …; `handedOut` leaves them to Docker. */
type Fixed = { ipv4Address?: string; ipv6Address?: string }[];
const handedOut: Fixed = [{}, {}];

function containers(network: MacvlanNetwork | IpvlanNetwork, name: string, fixed: Fixed): void {
  for (const [index, addresses] of fixed.entries()) {
    new NetworkContainer(`${name}-${'abcd'.charAt(index)}`, {
      image: 'busybox',
      command: ['sleep', '1000000'],
      stopTimeout: 1,
      attachments: [{ network, ...addresses }],
    });
  }
}

function macvlan(name: string, args: Omit<MacvlanNetworkArgs, 'host'>, fixed = handedOut): void {
  if (!without.includes(name)) containers(new MacvlanNetwork(name, { host, ...args }), name, fixed);
}

function ipvlan(name: string, args: Omit<IpvlanNetworkArgs, 'host'>, fixed = handedOut): void {
  if (!without.includes(name)) containers(new IpvlanNetwork(name, { host, ...args }), name, fixed);
}

const on = (vlanId: number) => ({ parentInterface: trunk.vlan(vlanId) });
const ipv4 = (third: number): SubnetArgs => ({ subnet: `10.9.${third}.0/24`, gateway: `10.9.${third}.1` });
const ipv6 = (id: number): SubnetArgs => ({ subnet: `2001:db8:${id}::/64`, gateway: `2001:db8:${id}::1` });
/** Two subnets of each family without gateways, as l3 takes them, and a container in each. */
const routed = (id: number): SubnetArgs[] => [
  { subnet: `10.9.${id}.0/24` },
  { subnet: `10.8.${id}.0/24` },
  { subnet: `2001:db8:${id}::/64` },
  { subnet: `2001:db8:${id}:1::/64` },
];
const inEach = (id: number): Fixed => [
  { ipv4Address: `10.9.${id}.11`, ipv6Address: `2001:db8:${id}::11` },
  { ipv4Address: `10.8.${id}.12`, ipv6Address: `2001:db8:${id}:1::12` },
];
const inOne = (id: number): Fixed => [
  { ipv4Address: `10.9.${id}.11`, ipv6Address: `2001:db8:${id}::11` },
  { ipv4Address: `10.9.${id}.12`, ipv6Address: `2001:db8:${id}::12` },
];
/** Two containers in the first subnets, two in the second ones. */
const twoInEach = (id: number): Fixed => [
  ...inOne(id),
  { ipv4Address: `10.8.${id}.11`, ipv6Address: `2001:db8:${id}:1::11` },
  { ipv4Address: `10.8.${id}.12`, ipv6Address: `2001:db8:${id}:1::12` },
];
const withoutGateways = (subnets: SubnetArgs[]) => subnets.map((subnet) => ({ ...subnet, gateway: 'none' }));

ipvlan('l2', { ...on(101), subnets: [ipv4(101), ipv6(101)] });
ipvlan('l3', { ...on(102), mode: 'l3', subnets: routed(102) }, inEach(102));
ipvlan('l3s', { ...on(103), mode: 'l3s', subnets: routed(103) }, inEach(103));
ipvlan('l3-alone', { mode: 'l3', subnets: routed(104) }, inOne(104));
ipvlan('l2-inside', { ...on(105), internal: true, subnets: [{ subnet: '10.9.105.0/24', gateway: '10.9.105.1' }] });
ipvlan('l3-inside', { ...on(106), mode: 'l3', internal: true, subnets: routed(106) }, inOne(106));
ipvlan('private', { ...on(107), flag: 'private', subnets: [ipv4(107)] });
macvlan('many', { ...on(115), subnets: withoutGateways(routed(117)) }, twoInEach(117));
ipvlan('many-alone', { subnets: routed(118) }, twoInEach(118));
macvlan('only4', { ...on(108), subnets: [ipv4(108)] });
// One subnet, three networks: each Docker network hands out a part of its own.
for (const [index, vlanId] of [109, 110, 111].entries()) {
  const gateway = `10.9.109.${250 + index}`;
  const ipRange = `10.9.109.${64 * index}/26`;
  macvlan(`part${index}`, { ...on(vlanId), subnets: [{ subnet: '10.9.109.0/24', gateway, ipRange }] });
}
// Two on one parent.
if (engine >= 27) {
  macvlan('first', { ...on(112), subnets: [ipv4(112)] });
  macvlan('second', { ...on(112), subnets: [ipv4(113)] });
}
if (engine >= 28) {
  macvlan('only6', { ...on(113), subnets: [ipv6(113)] });
  macvlan('bare', { ...on(114), subnets: [] });
  macvlan('pair', { ...on(116), internal: true, subnets: [{ subnet: '10.9.115.0/31' }] });
  ipvlan('l3-pair', { ...on(100), mode: 'l3', subnets: [{ subnet: '10.9.100.0/31' }] });
}
