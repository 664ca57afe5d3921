import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A host of the stack's configuration: its name, how to reach it, and the NIC that the trunk arrives at. */
interface HostConfig extends HostArgs {
  name: string;
  parentInterface?: string;
}

const hosts = new pulumi.Config().requireObject<HostConfig[]>('hosts');
const container = { image: 'busybox', command: ['sleep', '1000000'] };

/** ipvlan l3 and l3s: the first host routes for its containers, so the second needs a route to their subnets. */
const routed = [
  { vlanId: 62, mode: 'l3' },
  { vlanId: 63, mode: 'l3s' },
] as const;

for (const [index, { name, parentInterface = 'eth0', ...how }] of hosts.slice(0, 2).entries()) {
  const isFirst = index === 0;
  const host = new Host(name, how);
  const trunk = new VlanTrunk(`${name}-trunk`, {
    host,
    parentInterface,
    vlans: [
      { vlanId: 61 },
      ...routed.map(({ vlanId: id }) => ({
        vlanId: id,
        addresses: [`192.168.${id}.${index + 1}/24`, `2001:db8:${id}::${index + 1}/64`],
        routes: isFirst
          ? []
          : [
              { destination: `10.${id}.0.0/24`, gateway: `192.168.${id}.1` },
              { destination: `2001:db8:${id}:1::/64`, gateway: `2001:db8:${id}::1` },
            ],
      })),
    ],
  });

  const switched = new MacvlanNetwork(`${name}-dual61`, {
    host,
    name: 'dual61',
    parentInterface: trunk.vlan(61),
    subnets: [
      { subnet: '192.168.61.0/24', gateway: '192.168.61.254', ipRange: `192.168.61.${64 * (index + 1)}/26` },
      { subnet: '2001:db8:61::/64', gateway: '2001:db8:61::fe', ipRange: `2001:db8:61::${index + 1}:0/112` },
    ],
  });
  new NetworkContainer(`d${index + 1}`, {
    ...container,
    attachments: [
      { network: switched, ipv4Address: `192.168.61.${11 + index}`, ipv6Address: `2001:db8:61::1${index + 1}` },
    ],
  });

  if (!isFirst) continue;
  for (const { vlanId: id, mode } of routed) {
    const network = new IpvlanNetwork(`${mode}-${id}`, {
      host,
      parentInterface: trunk.vlan(id),
      mode,
      subnets: [{ subnet: `10.${id}.0.0/24` }, { subnet: `2001:db8:${id}:1::/64` }],
    });
    new NetworkContainer(`${mode}-container`, {
      ...container,
      attachments: [{ network, ipv4Address: `10.${id}.0.11`, ipv6Address: `2001:db8:${id}:1::11` }],
    });
  }
}
