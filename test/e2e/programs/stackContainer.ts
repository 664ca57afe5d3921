import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, NetworkContainer } from 'vlan-trunk';

/** A stack whose containers come and go on a network of another one. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
const byName = config.get('network');
const network = byName ?? new pulumi.StackReference(config.require('stack')).requireOutput('dmz');
const common = { host, image: 'busybox', command: ['sleep', '99999'], destroyGraceSeconds: 0 };

new NetworkContainer('web', {
  ...common,
  attachments: [{ network, ipv4Address: config.get('webAddress') ?? '10.14.7.10' }],
});
new NetworkContainer('guest', { ...common, attachments: [{ network }] });
