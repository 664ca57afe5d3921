import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Networks of both IP versions, each on a VLAN of its own, that of VLAN 343 ipvlan; and containers on them. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const vlans = config.requireObject<Record<string, string[]>>('vlans');

const host = new Host(name, how);
const trunk = new VlanTrunk('gw-trunk', {
  host,
  parentInterface: 'eth0',
  vlans: Object.keys(vlans).map((vlanId) => ({ vlanId: Number(vlanId) })),
});
for (const [vlanId, containers] of Object.entries(vlans)) {
  const Network = vlanId === '343' ? IpvlanNetwork : MacvlanNetwork;
  const network = new Network(`gw-net${vlanId}`, {
    parentInterface: trunk.vlan(Number(vlanId)),
    subnets: [
      { subnet: `10.34.${Number(vlanId) % 100}.0/24`, gateway: `10.34.${Number(vlanId) % 100}.1` },
      { subnet: `2001:db8:${vlanId}::/64`, gateway: `2001:db8:${vlanId}::1` },
    ],
  });
  for (const container of containers)
    new NetworkContainer(container, {
      image: 'busybox',
      command: ['sleep', '1000000'],
      stopTimeout: 1,
      attachments: [{ network }],
    });
}
