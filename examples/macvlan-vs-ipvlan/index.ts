import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A host of the stack's configuration: its name, how to reach it, and the NIC that the trunk arrives at. */
interface HostConfig extends HostArgs {
  name: string;
  parentInterface?: string;
}

const hosts = new pulumi.Config().requireObject<HostConfig[]>('hosts');

for (const [index, { name, parentInterface = 'eth0', ...how }] of hosts.entries()) {
  const host = new Host(name, how);
  // The two drivers cannot share a parent. The host's own addresses are for the question whether its containers reach it.
  const trunk = new VlanTrunk(`${name}-trunk`, {
    host,
    parentInterface,
    vlans: [
      { vlanId: 55, addresses: [`192.168.55.${101 + index}/24`] },
      { vlanId: 56, addresses: [`192.168.56.${101 + index}/24`] },
    ],
  });
  const macvlan = new MacvlanNetwork(`${name}-macvlan55`, {
    host,
    name: 'macvlan55',
    mode: 'bridge',
    parentInterface: trunk.vlan(55),
    subnets: [{ subnet: '192.168.55.0/24', gateway: '192.168.55.1' }],
  });
  const ipvlan = new IpvlanNetwork(`${name}-ipvlan56`, {
    host,
    name: 'ipvlan56',
    mode: 'l2',
    parentInterface: trunk.vlan(56),
    subnets: [{ subnet: '192.168.56.0/24', gateway: '192.168.56.1' }],
  });

  // m1 and m2 (macvlan), i1 and i2 (ipvlan) on the first host, the rest on the second.
  const container = { image: 'busybox', command: ['sleep', '1000000'] };
  for (const number of [2 * index + 1, 2 * index + 2]) {
    new NetworkContainer(`m${number}`, {
      ...container,
      attachments: [{ network: macvlan, ipv4Address: `192.168.55.${10 + number}` }],
    });
    new NetworkContainer(`i${number}`, {
      ...container,
      attachments: [{ network: ipvlan, ipv4Address: `192.168.56.${10 + number}` }],
    });
  }
}
