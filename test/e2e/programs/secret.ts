import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A host whose key is a text, and secrets in the arguments of all that is on it. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, { ...how, privateKey: config.requireSecret('privateKey') });
const trunk = new VlanTrunk('trunk', {
  host,
  parentInterface: 'eth0',
  vlans: [{ vlanId: 66, addresses: [config.requireSecret('address')] }],
});
const network = new MacvlanNetwork('hidden', {
  parentInterface: trunk.vlan(66),
  labels: { token: config.requireSecret('label') },
  subnets: [{ subnet: '192.168.66.0/24', gateway: 'none' }],
});
new NetworkContainer('hidden-c1', {
  image: 'busybox',
  command: ['sleep', '1000000'],
  envs: [pulumi.interpolate`TOKEN=${config.requireSecret('env')}`],
  attachments: [{ network, ipv4Address: '192.168.66.11' }],
});
