import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanInterface } from 'vlan-trunk';

/** A VLAN whose frames have priorities, and a container on it. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);
const { vlan } = new VlanInterface('camera', {
  host,
  parentInterface: 'eth0',
  vlanId: 252,
  egressQosMap: config.getObject<Record<number, number>>('egressQosMap'),
});
const network = new MacvlanNetwork('camera', {
  parentInterface: vlan,
  subnets: [{ subnet: '192.168.252.0/24', gateway: 'none' }],
});
new NetworkContainer('qos', {
  image: 'busybox',
  command: ['sleep', '1000000'],
  stopTimeout: 1,
  attachments: [{ network, ipv4Address: '192.168.252.70' }],
});
