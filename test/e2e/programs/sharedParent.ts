import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Two macvlan networks on one VLAN, or one of them, and two containers on each. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: [{ vlanId: 119 }] });
for (const [network, third] of Object.entries(config.requireObject<Record<string, number>>('networks'))) {
  const shared = new MacvlanNetwork(network, {
    host,
    parentInterface: trunk.vlan(119),
    subnets: [{ subnet: `10.9.${third}.0/24`, gateway: `10.9.${third}.1` }],
  });
  for (const letter of ['a', 'b']) {
    new NetworkContainer(`${network}-${letter}`, {
      image: 'busybox',
      command: ['sleep', '1000000'],
      stopTimeout: 1,
      attachments: [{ network: shared }],
    });
  }
}
