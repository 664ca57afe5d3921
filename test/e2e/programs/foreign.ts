import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork } from 'vlan-trunk';

/** Networks on a host that has Docker networks of others; which ones clash is decided by configuration. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
/** Third number of the subnets. */
const third = config.requireNumber('third');
const gateway = 'none';

new MacvlanNetwork('lan', {
  host,
  name: config.get('lanName') ?? 'lan',
  parentInterface: config.get('macvlanParent') ?? 'eth0.131',
  subnets: [{ subnet: config.get('lanSubnet') ?? `10.13.${third}.0/24`, gateway, ipRange: config.get('ipRange') }],
  internal: true,
});
new IpvlanNetwork('plant', {
  host,
  parentInterface: config.get('ipvlanParent') ?? 'eth0.132',
  subnets: [{ subnet: `10.13.${third + 1}.0/24`, gateway }],
  internal: true,
});
