import * as pulumi from '@pulumi/pulumi';
import { Host, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';
import type { Layout } from '../layout';

/** The layout by this package. */
const { parentInterface, image, networks, containers, hosts } = new pulumi.Config('bench').requireObject<Layout>(
  'layout',
);

for (const { name, address, hostKey, privateKeyFile, vlans } of hosts) {
  const host = new Host(name, { address, hostKey, privateKeyFile });
  const trunk = new VlanTrunk(`${name}-trunk`, {
    host,
    parentInterface,
    vlans: vlans.map(({ vlanId }) => ({ vlanId })),
  });
  if (!networks) continue;
  for (const vlan of vlans) {
    const network = new MacvlanNetwork(`${name}-${vlan.network}`, {
      host,
      name: vlan.network,
      parentInterface: trunk.vlan(vlan.vlanId),
      subnets: [{ subnet: vlan.subnet, gateway: vlan.gateway, ipRange: vlan.ipRange }],
    });
    if (!containers) continue;
    new NetworkContainer(`${name}-${vlan.container}`, {
      name: vlan.container,
      image,
      command: ['sleep', '1000000'],
      attachments: [{ network, ipv4Address: vlan.address }],
    });
  }
}
