import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A network on a VLAN of a trunk, one on a link that another program manages, two on the NIC itself; two containers on each. */
const { name, ...how } = new pulumi.Config().requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: [{ vlanId: 120 }] });
const subnets = (third: number) => [{ subnet: `10.7.${third}.0/24`, gateway: `10.7.${third}.1` }];

const networks = {
  ours: new MacvlanNetwork('ours', { host, parentInterface: trunk.vlan(120), subnets: subnets(120) }),
  theirs: new IpvlanNetwork('theirs', { host, parentInterface: 'eth0.121', subnets: subnets(121) }),
  nic: new MacvlanNetwork('nic', { host, parentInterface: 'eth0', subnets: subnets(122) }),
};
for (const [role, network] of Object.entries(networks)) {
  for (const letter of ['a', 'b']) {
    new NetworkContainer(`${role}-${letter}`, {
      image: 'busybox',
      command: ['sleep', '1000000'],
      stopTimeout: 1,
      restart: 'unless-stopped',
      attachments: [{ network, aliases: [`${role}-alias-${letter}`] }],
    });
  }
}
