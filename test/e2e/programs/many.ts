import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, VlanTrunk } from 'vlan-trunk';

/** A trunk with many VLANs, and nothing on them. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);

new VlanTrunk('trunk', {
  host,
  parentInterface: config.require('parentInterface'),
  vlans: Array.from({ length: config.requireNumber('count') }, (_, index) => ({ vlanId: 100 + index })),
});
