import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, type Routing, VlanTrunk } from 'vlan-trunk';

/** The host of the stack's configuration: how to reach it, and the NIC that carries the VLANs. */
interface HostConfig extends HostArgs {
  parentInterface?: string;
}

const config = new pulumi.Config();
const { parentInterface = 'eth0', ...how } = config.requireObject<HostConfig>('host');
const host = new Host('host', how);
const trunk = new VlanTrunk('trunk', {
  host,
  parentInterface,
  vlans: [{ vlanId: 75 }, { vlanId: 76 }],
  routing: config.get<Routing>('routing') ?? 'between',
});

// The gateway is the host itself, by a shim, because a container does not reach its host at an address of the VLAN's own link.
const vlan = (name: string, vlanId: 75 | 76) =>
  new MacvlanNetwork(name, {
    parentInterface: trunk.vlan(vlanId),
    subnets: [
      { subnet: `192.168.${vlanId}.0/24`, gateway: `192.168.${vlanId}.1`, ipRange: `192.168.${vlanId}.128/25` },
    ],
    shim: { addresses: [`192.168.${vlanId}.1`] },
  });
const garage = vlan('garage', 75);
const house = vlan('house', 76);

const common = { image: 'busybox', command: ['sleep', '1000000'] };
new NetworkContainer('charger', { ...common, attachments: [{ network: garage, ipv4Address: '192.168.75.11' }] });
new NetworkContainer('panel', { ...common, attachments: [{ network: house, ipv4Address: '192.168.76.11' }] });
