import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A VLAN on each host, with a network and a container; the MTU and further containers are what the configuration says. */
const config = new pulumi.Config();
const hosts = config.requireObject<(HostArgs & { name: string })[]>('hosts');
const mtu = config.requireNumber('mtu');
/** Names of the hosts that get a second container. */
const seconds = config.requireObject<string[]>('seconds');

hosts.forEach(({ name, ...how }) => {
  const host = new Host(name, how);
  const trunk = new VlanTrunk(`${name}-trunk`, { host, parentInterface: 'eth0', vlans: [{ vlanId: 247, mtu }] });
  const network = new MacvlanNetwork(`${name}-lan`, {
    name: 'away',
    parentInterface: trunk.vlan(247),
    subnets: [{ subnet: '192.168.247.0/24', gateway: '192.168.247.1' }],
  });
  const declare = (role: string, number: number) =>
    new NetworkContainer(`${name}-${role}`, {
      name: `away-${role}`,
      image: 'busybox',
      command: ['sleep', '1000000'],
      stopTimeout: 1,
      attachments: [{ network, ipv4Address: `192.168.247.${number}` }],
    });
  // The hosts of the lab are n1, n2, …
  const number = Number(name.slice(1));
  declare('first', 10 + number);
  if (seconds.includes(name)) declare('second', 20 + number);
});
