import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, VlanTrunk, type VlanArgs } from 'vlan-trunk';

/** On each host a trunk on one parent, or two. */
const config = new pulumi.Config();
const parentInterface = config.require('parentInterface');
const vlans = config.requireObject<VlanArgs[]>('vlans');
const moreVlans = config.getObject<VlanArgs[]>('moreVlans');

for (const { name, ...how } of config.requireObject<(HostArgs & { name: string })[]>('hosts')) {
  // Each on a wire of its own.
  const host = new Host(name, { ...how, site: name, confirmTimeout: 10 });
  new VlanTrunk(`trunk-${name}`, { host, parentInterface, vlans });
  if (moreVlans !== undefined) new VlanTrunk(`more-${name}`, { host, parentInterface, vlans: moreVlans });
}
