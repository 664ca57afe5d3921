import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** On each host a network, on the VLAN of a trunk or on an interface by its name, and a container with a fixed address. */
interface Declared {
  host: HostArgs & { name: string };
  trunk?: { parentInterface: string; vlanId: number; physicalNetwork?: string };
  parentInterface?: string;
  driver?: 'ipvlan';
  prefix: string;
}

for (const { host: given, trunk, parentInterface, driver, prefix } of new pulumi.Config().requireObject<Declared[]>(
  'on',
)) {
  const { name, ...how } = given;
  const host = new Host(name, how);
  const handle =
    trunk && new VlanTrunk(`trunk-${name}`, { host, vlans: [{ vlanId: trunk.vlanId }], ...trunk }).vlan(trunk.vlanId);
  const args = {
    host,
    name: 'parents',
    parentInterface: handle ?? parentInterface!,
    subnets: [{ subnet: `${prefix}.0/24`, gateway: 'none' }],
  };
  const network =
    driver === 'ipvlan' ? new IpvlanNetwork(`net-${name}`, args) : new MacvlanNetwork(`net-${name}`, args);
  new NetworkContainer(`parents-${name}`, {
    name: 'parents-c',
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    attachments: [{ network, ipv4Address: `${prefix}.10` }],
  });
}
