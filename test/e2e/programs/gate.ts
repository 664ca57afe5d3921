import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A container whose address is fixed, on a network whose subnet another stack gives; a host whose key is a secret. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');

/** Names are one namespace for all hooks of a deployment: a user's own may have any. */
const hook = new pulumi.ResourceHook('layout', () => undefined, { onDryRun: true });
class Site extends pulumi.ComponentResource {
  constructor(site: string) {
    super('test:index:Site', site, {}, { hooks: { beforeCreate: [hook] } });
  }
}

const privateKey = config.getSecret('privateKey');
const host = new Host(name, { ...how, ...(privateKey && { privateKey }) }, { parent: new Site('site') });
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: [{ vlanId: 97 }] });
const prefix = new pulumi.StackReference(config.require('addresses')).requireOutput('prefix');
const network = new MacvlanNetwork('gated', {
  parentInterface: trunk.vlan(97),
  subnets: [{ subnet: pulumi.interpolate`${prefix}.0/24`, gateway: 'none' }],
});
new NetworkContainer('gate-c1', {
  image: 'busybox',
  command: ['sleep', '1000000'],
  attachments: [{ network, ipv4Address: '192.168.97.11' }],
});
