import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Two VLANs with a network on each, a container on the first and one on both; what has drifted is a stack output. */
interface VlanConfig {
  key: string;
  vlanId: number;
  /** The first three bytes of its /24, and the IPv6 block before its last number. */
  prefix: string;
  prefix6: string;
}

const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const vlans = config.requireObject<VlanConfig[]>('vlans');

const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', {
  host,
  parentInterface: 'eth0',
  vlans: vlans.map(({ vlanId, prefix }) => ({ vlanId, addresses: [`${prefix}.3/24`] })),
});
const networks = vlans.map(
  ({ key, vlanId, prefix, prefix6 }) =>
    new MacvlanNetwork(key, {
      name: `drift-${key}`,
      parentInterface: trunk.vlan(vlanId),
      subnets: [
        { subnet: `${prefix}.0/24`, gateway: `${prefix}.1`, ipRange: `${prefix}.64/26` },
        { subnet: `${prefix6}/64`, gateway: `${prefix6}1` },
      ],
      labels: { purpose: 'test' },
    }),
);
const common = {
  image: 'busybox',
  command: ['sleep', '1000000'],
  stopTimeout: 1,
  labels: [{ label: 'role', value: 'test' }],
};
const [first, second] = networks as [MacvlanNetwork, MacvlanNetwork];
const [a, b] = vlans as [VlanConfig, VlanConfig];
new NetworkContainer('one', {
  ...common,
  name: 'drift-one',
  restart: 'unless-stopped',
  attachments: [{ network: first, ipv4Address: `${a.prefix}.70`, aliases: ['web'] }],
});
new NetworkContainer('both', {
  ...common,
  name: 'drift-both',
  attachments: [
    { network: first, ipv4Address: `${a.prefix}.71`, defaultRoute: true },
    { network: second, ipv4Address: `${b.prefix}.71`, ipv6Address: `${b.prefix6}71`, ipv6: 'static', aliases: ['db'] },
  ],
});
new NetworkContainer('other', {
  ...common,
  name: 'drift-other',
  attachments: [{ network: second, ipv4Address: `${b.prefix}.72`, ipv6Address: `${b.prefix6}72` }],
});

export const drift = host.drift;
