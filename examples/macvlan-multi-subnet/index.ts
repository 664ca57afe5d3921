import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** The host of the stack's configuration: how to reach it, and the NIC that the switch sends VLAN 218 to. */
interface HostConfig extends HostArgs {
  parentInterface?: string;
}

const { parentInterface = 'eth0', ...how } = new pulumi.Config().requireObject<HostConfig>('host');
const host = new Host('host', how);
const trunk = new VlanTrunk('trunk', { host, parentInterface, vlans: [{ vlanId: 218 }] });

const network = new MacvlanNetwork('macvlan216', {
  host,
  parentInterface: trunk.vlan(218),
  subnets: [
    { subnet: '192.168.216.0/24', gateway: '192.168.216.1' },
    { subnet: '192.168.218.0/24', gateway: '192.168.218.1' },
  ],
});

for (const [name, ipv4Address] of [
  ['macnet216_test', '192.168.216.10'],
  ['macnet216_ping', '192.168.216.11'],
  ['macnet218_test', '192.168.218.10'],
  ['macnet218_ping', '192.168.218.11'],
] as const) {
  new NetworkContainer(name, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    attachments: [{ network, ipv4Address }],
  });
}
