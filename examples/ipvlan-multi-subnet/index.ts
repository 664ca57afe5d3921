import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** The host of the stack's configuration: how to reach it, and the NIC that the switch sends VLAN 210 to. */
interface HostConfig extends HostArgs {
  parentInterface?: string;
}

const config = new pulumi.Config();
const { parentInterface = 'eth0', ...how } = config.requireObject<HostConfig>('host');
const host = new Host('host', how);

/** Without a parent the containers reach only each other, on this host. */
const vlan = config.getBoolean('onVlan')
  ? new VlanTrunk('trunk', { host, parentInterface, vlans: [{ vlanId: 210 }] }).vlan(210)
  : undefined;

const network = new IpvlanNetwork('ipvlan210', {
  host,
  parentInterface: vlan,
  mode: 'l2',
  subnets: [
    { subnet: '192.168.210.0/24', gateway: '192.168.210.254' },
    { subnet: '192.168.212.0/24', gateway: '192.168.212.254' },
  ],
});

for (const [name, ipv4Address] of [
  ['c210-10', '192.168.210.10'],
  ['c210-9', '192.168.210.9'],
  ['c212-10', '192.168.212.10'],
  ['c212-9', '192.168.212.9'],
] as const) {
  new NetworkContainer(name, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    attachments: [{ network, ipv4Address }],
  });
}
