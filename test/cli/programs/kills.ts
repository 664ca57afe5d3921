import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Two VLANs with a network on each, two containers on both, a shim: what is killed in the middle of each change of it. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
/** `first`, `updated` in place, or `replaced`: other subnets, so that networks, containers and shim are made anew. */
const variant = config.require('variant');
const isFirst = variant === 'first';
/** The first of the VLANs, and the first two bytes of all subnets: others for each test, since all hosts of a lab are on one wire. */
const firstVlan = config.getNumber('firstVlan') ?? 251;
const net = config.get('net') ?? '10.24';
const prefixes = (variant === 'replaced' ? [3, 4] : [1, 2]).map((number) => `${net}.${number}`);

const host = new Host(name, how);
const trunk = new VlanTrunk('kills', {
  host,
  parentInterface: 'eth0',
  vlans: [
    { vlanId: firstVlan, mtu: isFirst ? 1400 : 1300 },
    { vlanId: firstVlan + 1, addresses: isFirst ? [] : [`${net}.9.1/24`] },
  ],
});

const [lan, plant] = prefixes.map(
  (prefix, index) =>
    new MacvlanNetwork(`kills-${index}`, {
      parentInterface: trunk.vlan(firstVlan + index),
      subnets: [{ subnet: `${prefix}.0/24`, gateway: `${prefix}.1`, ipRange: `${prefix}.64/26` }],
      ...(index === 0 && { shim: { addresses: [`${prefix}.250`], interfaceName: 'kills-shim' } }),
    }),
) as [MacvlanNetwork, MacvlanNetwork];

for (const number of [1, 2]) {
  new NetworkContainer(`killed${number}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    restart: isFirst ? 'no' : 'unless-stopped',
    attachments: [
      { network: lan, ipv4Address: `${prefixes[0]}.7${number}`, defaultRoute: true },
      { network: plant, ipv4Address: `${prefixes[1]}.7${number}` },
    ],
  });
}
