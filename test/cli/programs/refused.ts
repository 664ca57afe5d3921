import { readFile } from 'node:fs/promises';
import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A trunk, a network and a container on each host, and on each of them the faults that the configuration names. */
const config = new pulumi.Config();
const hosts = config.requireObject<(HostArgs & { name: string })[]>('hosts');
const faults = config.requireObject<string[]>('faults');
const has = (fault: string) => faults.includes(fault);

/** Known only after a file was read, as whatever is asked of a file or a server. */
const mtu = pulumi.output(readFile(__filename, 'utf8')).apply(() => (has('late') ? 12 : 1400));
/** Known only after the engine has read another stack. */
const elsewhere = config.get('elsewhere');
const third =
  elsewhere === undefined
    ? '171'
    : (new pulumi.StackReference(elsewhere).requireOutput(
        has('elsewhere') ? 'moved' : 'right',
      ) as pulumi.Output<string>);

for (const { name, ...how } of hosts) {
  const host = new Host(name, { ...how, site: name });
  const trunk = new VlanTrunk(`${name}-trunk`, { host, parentInterface: 'eth0', vlans: [{ vlanId: 171, mtu }] });
  const network = new MacvlanNetwork(`${name}-lan`, {
    host,
    name: 'lan171',
    parentInterface: trunk.vlan(171),
    subnets: [{ subnet: pulumi.interpolate`192.168.${third}.0/24`, gateway: pulumi.interpolate`192.168.${third}.1` }],
  });
  const declare = (role: string, aliases: string[] = []) =>
    new NetworkContainer(`${name}-${role}`, {
      image: 'busybox',
      command: ['sleep', '1000000'],
      attachments: [{ network, ipv4Address: '192.168.171.11', aliases }],
    });
  declare('first', has('plain') ? ['no name'] : []);
  if (has('across')) declare('second');
  if (has('host')) {
    new VlanTrunk(`${name}-nowhere`, { host, parentInterface: 'eth9', vlans: [{ vlanId: 171 }] });
  }
}
