import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, planAddresses, VlanTrunk } from 'vlan-trunk';

/** A host of the stack's configuration: its name, how to reach it, and the NIC that the trunk arrives at. */
interface HostConfig extends HostArgs {
  name: string;
  parentInterface?: string;
}

const hosts = new pulumi.Config().requireObject<HostConfig[]>('hosts');
const sleep = ['sleep', '1000000'];

// Docker knows one host only: each hands out a share of its own, a quarter, so that no address is given twice on a VLAN.
const names = hosts.map(({ name }) => name);
const shares50 = planAddresses({ subnet: '192.168.14.0/24', hosts: names, hostLimit: 3 });
const shares60 = planAddresses({ subnet: '192.168.15.0/24', hosts: names, hostLimit: 3 });

for (const [index, { name, parentInterface = 'eth0', ...how }] of hosts.entries()) {
  const host = new Host(name, how);
  const trunk = new VlanTrunk(`${name}-trunk`, { host, parentInterface, vlans: [{ vlanId: 50 }, { vlanId: 60 }] });

  const macvlan50 = new MacvlanNetwork(`${name}-macvlan50`, {
    host,
    name: 'macvlan50',
    parentInterface: trunk.vlan(50),
    subnets: [{ subnet: '192.168.14.0/24', gateway: '192.168.14.1', ipRange: shares50[index]?.ipRange }],
  });
  const macvlan60 = new MacvlanNetwork(`${name}-macvlan60`, {
    host,
    name: 'macvlan60',
    parentInterface: trunk.vlan(60),
    subnets: [{ subnet: '192.168.15.0/24', gateway: '192.168.15.1', ipRange: shares60[index]?.ipRange }],
  });

  // b1 and b3 on the first host, b2 and b4 on the second.
  const container = { image: 'busybox', command: sleep };
  const [on50, on60] = [`b${index + 1}`, `b${index + 3}`];
  new NetworkContainer(on50, {
    ...container,
    attachments: [{ network: macvlan50, ipv4Address: `192.168.14.${11 + index}` }],
  });
  new NetworkContainer(on60, {
    ...container,
    attachments: [{ network: macvlan60, ipv4Address: `192.168.15.${11 + index}` }],
  });
}
