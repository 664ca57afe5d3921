import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** One VLAN on each of the hosts, with one container a host; the same names as in examples/macvlan-trunk. */
interface VlanConfig {
  vlanId: number;
  /** The first three bytes of its /24. */
  prefix: string;
  /** One name a host. */
  containers: string[];
  mtu?: number;
  interfaceName?: string;
  addresses?: string[];
}

const config = new pulumi.Config();
const hosts = config.requireObject<(HostArgs & { name: string })[]>('hosts');
const vlans = config.requireObject<VlanConfig[]>('vlans');

for (const [index, { name, ...how }] of hosts.entries()) {
  const host = new Host(name, how);
  const trunk = new VlanTrunk(`${name}-trunk`, {
    host,
    parentInterface: 'eth0',
    vlans: vlans.map(({ vlanId, mtu, interfaceName, addresses }) => ({ vlanId, mtu, interfaceName, addresses })),
  });
  for (const { vlanId, prefix, containers } of vlans) {
    const network = new MacvlanNetwork(`${name}-macvlan${vlanId}`, {
      host,
      name: `macvlan${vlanId}`,
      parentInterface: trunk.vlan(vlanId),
      subnets: [{ subnet: `${prefix}.0/24`, gateway: `${prefix}.1`, ipRange: `${prefix}.${64 * (index + 1)}/26` }],
    });
    const container = containers[index];
    if (container === undefined) continue;
    new NetworkContainer(container, {
      image: 'busybox',
      command: ['sleep', '1000000'],
      attachments: [{ network, ipv4Address: `${prefix}.${11 + index}` }],
    });
  }
}
