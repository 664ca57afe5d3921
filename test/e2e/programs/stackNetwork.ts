import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** The stack that declares a network for containers of others, and has one of its own on it. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: [{ vlanId: 147 }, { vlanId: 148 }] });
const network = new MacvlanNetwork('dmz', {
  parentInterface: trunk.vlan(147),
  subnets: [{ subnet: '10.14.7.0/24', gateway: '10.14.7.1', ipRange: '10.14.7.128/25' }],
});
// Nobody else is on it.
new MacvlanNetwork('lan', { parentInterface: trunk.vlan(148), subnets: [{ subnet: '10.14.8.0/24', gateway: 'none' }] });
new NetworkContainer('proxy', {
  image: 'busybox',
  command: ['sleep', '99999'],
  destroyGraceSeconds: 0,
  attachments: [{ network, ipv4Address: config.get('proxyAddress') ?? '10.14.7.7' }],
});

export const dmz = network.reference;
