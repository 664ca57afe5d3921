import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, VlanTrunk } from 'vlan-trunk';

/** A host with an address on each of several VLANs. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
new VlanTrunk('trunk', {
  host: new Host(name, how),
  parentInterface: 'eth0',
  vlans: config.requireObject<{ vlanId: number; addresses: string[] }[]>('vlans'),
});
