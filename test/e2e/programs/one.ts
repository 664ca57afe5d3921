import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** One host; what is on it is asked for by configuration. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);

const vlanId = config.getNumber('vlanId');
const trunk =
  vlanId === undefined ? undefined : new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: [{ vlanId }] });

const prefix = config.get('prefix');
if (prefix !== undefined) {
  const network = new MacvlanNetwork('macvlan', {
    host,
    ...(trunk && vlanId !== undefined && { parentInterface: trunk.vlan(vlanId) }),
    subnets: [{ subnet: `${prefix}.0/24`, ...(trunk && { gateway: `${prefix}.1` }) }],
  });
  for (const index of [1, 2]) {
    new NetworkContainer(`${name}-c${index}`, {
      image: config.get('image') ?? 'busybox',
      command: [(index === 1 ? config.get('program') : undefined) ?? 'sleep', '1000000'],
      attachments: [{ network, ipv4Address: `${prefix}.${10 + index}` }],
    });
  }
}
