import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Two outer VLANs of a provider, on each the customer's VLAN 50, and a container on each of those. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const [first = 0, second = 0] = config.requireObject<number[]>('outer');
const mtu = config.getNumber('mtu');
const host = new Host(name, how);
const outer = new VlanTrunk('outer', {
  host,
  parentInterface: 'eth0',
  vlans: [first, second].map((vlanId) => ({ vlanId, protocol: '802.1ad', mtu })),
});
for (const [key, vlanId, prefix] of [
  ['a', first, '192.168.250'],
  ['b', second, '192.168.251'],
] as const) {
  const inner = new VlanTrunk(`inner-${key}`, {
    host,
    parentInterface: outer.vlan(vlanId),
    vlans: [{ vlanId: 50, mtu: config.getNumber('innerMtu') }],
  });
  const network = new MacvlanNetwork(`net-${key}`, {
    name: `qinq-${key}`,
    parentInterface: inner.vlan(50),
    subnets: [{ subnet: `${prefix}.0/24`, gateway: 'none' }],
  });
  new NetworkContainer(`qinq-${key}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    restart: 'always',
    attachments: [{ network, ipv4Address: `${prefix}.10` }],
  });
}
