import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, type IpvlanFlag, IpvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** An ipvlan network with a flag, and two containers on it. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: [{ vlanId: 125 }] });
const network = new IpvlanNetwork('flagged', {
  host,
  parentInterface: trunk.vlan(125),
  flag: config.require<IpvlanFlag>('flag'),
  subnets: [{ subnet: '10.6.125.0/24', gateway: '10.6.125.1' }],
});
for (const [index, letter] of ['a', 'b'].entries()) {
  new NetworkContainer(`flag-${letter}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    attachments: [{ network, ipv4Address: `10.6.125.${11 + index}` }],
  });
}
