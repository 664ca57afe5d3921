import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer } from 'vlan-trunk';

/** The host of the stack's configuration: how to reach it, and the NIC that its containers shall sit on. */
interface HostConfig extends HostArgs {
  parentInterface?: string;
}

const { parentInterface = 'eth0', ...how } = new pulumi.Config().requireObject<HostConfig>('host');
const host = new Host('host', how);

const network = new MacvlanNetwork('mac_net1', {
  host,
  parentInterface,
  subnets: [{ subnet: '192.168.14.0/24', gateway: '192.168.14.2' }],
});

for (const [name, ipv4Address] of [
  ['b1', '192.168.14.11'],
  ['b2', '192.168.14.12'],
] as const) {
  new NetworkContainer(name, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    attachments: [{ network, ipv4Address }],
  });
}
