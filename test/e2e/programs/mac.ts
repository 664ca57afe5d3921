import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Containers with MAC addresses that stay: one that is given, and one that is derived, on a VLAN and on a bridge that the host has. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: [{ vlanId: 172 }, { vlanId: 173 }] });
const network = new MacvlanNetwork('vlan172', {
  parentInterface: trunk.vlan(172),
  subnets: [{ subnet: '10.17.2.0/24', gateway: '10.17.2.1' }],
});
const ipvlan = new IpvlanNetwork('vlan173', {
  parentInterface: trunk.vlan(173),
  subnets: [{ subnet: '10.17.3.0/24', gateway: '10.17.3.1' }],
});
const common = {
  image: 'busybox',
  command: ['sleep', '1000000'],
  envs: [`ROUND=${config.get('round') ?? '1'}`],
  stopTimeout: 1,
  restart: 'unless-stopped',
};
const given = config.get('mac') ?? '02:00:5E:10:01:01';

export const fixed = new NetworkContainer('fixed', {
  ...common,
  attachments: [{ network, ipv4Address: '10.17.2.10', aliases: ['door'], macAddress: given }],
}).containerName;
new NetworkContainer('derived', {
  ...common,
  attachments: [
    { network, ipv4Address: '10.17.2.11', macAddress: 'derived', defaultRoute: true },
    { network: 'front', ipv4Address: '172.30.72.11', macAddress: config.get('second') ?? 'derived' },
  ],
});
new NetworkContainer('peer', { ...common, attachments: [{ network, ipv4Address: '10.17.2.20' }] });
if (config.getBoolean('ipvlan')) {
  new NetworkContainer('flat', { ...common, attachments: [{ network: ipvlan, macAddress: 'derived' }] });
}
