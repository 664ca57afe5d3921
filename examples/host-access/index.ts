import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, HostShim, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** The host of the stack's configuration: how to reach it, and the NIC that carries both networks. */
interface HostConfig extends HostArgs {
  parentInterface?: string;
}

const config = new pulumi.Config();
const { parentInterface = 'eth0', ...how } = config.requireObject<HostConfig>('host');
const host = new Host('host', how);
const trunk = new VlanTrunk('trunk', { host, parentInterface, vlans: [{ vlanId: 57 }] });

// On a VLAN, declared together with the network, which reserves the shim's address automatically.
const cameras = new MacvlanNetwork('cameras', {
  host,
  parentInterface: trunk.vlan(57),
  subnets: [{ subnet: '192.168.57.0/24', gateway: '192.168.57.1', ipRange: '192.168.57.64/26' }],
  shim: { addresses: ['192.168.57.250'] },
});

// On the NIC, where the host has an address already. Held back from the beginning, so that the shim can come and go later.
const lan = new MacvlanNetwork('lan', {
  host,
  parentInterface,
  subnets: [
    {
      subnet: '192.168.58.0/24',
      gateway: '192.168.58.1',
      ipRange: '192.168.58.64/26',
      auxiliaryAddresses: { shim: '192.168.58.250' },
    },
  ],
});
if (config.getBoolean('lanAccess') ?? true) new HostShim('lan-shim', { network: lan, addresses: ['192.168.58.250'] });

const common = { image: 'busybox', command: ['sleep', '1000000'] };
new NetworkContainer('recorder', { ...common, attachments: [{ network: cameras }] });
new NetworkContainer('dns', { ...common, attachments: [{ network: lan }] });
