import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A trunk with a network on one VLAN, another network on no interface, and a container on each; as many as are wanted. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const count = config.requireNumber('count');

/** What the host is called today. */
const suffix = config.get('suffix') ?? '';
const host = new Host(`${name}${suffix}`, how, { aliases: [{ name }] });
const trunk = new VlanTrunk('left', { host, parentInterface: 'eth0', vlans: [{ vlanId: 253 }] });

for (const [index, parentInterface] of [trunk.vlan(253), undefined].slice(0, count).entries()) {
  const network = new MacvlanNetwork(`left-${index}`, {
    host,
    ...(parentInterface !== undefined && { parentInterface }),
    subnets: [{ subnet: `10.25.${index}.0/24`, gateway: 'none' }],
    internal: true,
  });
  new NetworkContainer(`left-c${index}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    attachments: [{ network, ipv4Address: `10.25.${index}.7${index}` }],
  });
}
