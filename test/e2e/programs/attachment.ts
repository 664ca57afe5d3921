import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** The options of an attachment: where its IPv6 address comes from, settings and name of the interface. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
/** The oldest Engine that what is declared must work with. */
const engine = config.requireNumber('engine');
const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', {
  host,
  parentInterface: 'eth0',
  vlans: [102, 103, 104].map((vlanId) => ({ vlanId })),
});

const plain = new MacvlanNetwork('plain', {
  host,
  parentInterface: trunk.vlan(102),
  subnets: [{ subnet: '192.168.102.0/24', gateway: '192.168.102.1' }],
});
const dual = new MacvlanNetwork('dual', {
  host,
  parentInterface: trunk.vlan(103),
  subnets: [
    { subnet: '192.168.103.0/24', gateway: '192.168.103.1' },
    { subnet: '2001:db8:d0c::/64', gateway: '2001:db8:d0c::1' },
  ],
});
const shared = new IpvlanNetwork('shared', {
  host,
  parentInterface: trunk.vlan(104),
  subnets: [{ subnet: '192.168.104.0/24', gateway: '192.168.104.1' }],
});

const common = { image: 'busybox', command: ['sleep', '1000000'], stopTimeout: 1 };
new NetworkContainer('hearing', { ...common, attachments: [{ network: dual, ipv6Address: '2001:db8:d0c::12' }] });
new NetworkContainer('off-plain', { ...common, attachments: [{ network: plain, ipv6: 'off' }] });
new NetworkContainer('off-dual', { ...common, attachments: [{ network: dual, ipv6: 'off' }] });
// Without it the provider would report undeclared swap at every run.
new NetworkContainer('limited', { ...common, memory: 64, attachments: [{ network: plain }] });

if (engine >= 28) {
  new NetworkContainer('asking', {
    ...common,
    attachments: [{ network: plain, ipv6: 'slaac', interfaceName: 'lan0', sysctls: { [arp('IFNAME')]: '1' } }],
  });
  for (const asking of ['shared1', 'shared2'])
    new NetworkContainer(asking, { ...common, attachments: [{ network: shared, ipv6: 'slaac' }] });
  new NetworkContainer('deaf', {
    ...common,
    attachments: [{ network: dual, ipv6: 'static', ipv6Address: '2001:db8:d0c::11' }],
  });
  new NetworkContainer('off-and-asking', {
    ...common,
    sysctls: { 'net.ipv4.ip_forward': '1' },
    attachments: [
      { network: dual, ipv6: 'off', defaultRoute: true },
      { network: plain, ipv6: 'slaac', interfaceName: 'lan0' },
    ],
  });
  new NetworkContainer('legs', {
    ...common,
    attachments: [
      { network: plain, ipv6: 'slaac', interfaceName: 'wan0' },
      { network: dual, ipv6: 'static', interfaceName: 'lan0', sysctls: { [arp('IFNAME')]: '2' }, defaultRoute: true },
    ],
  });
}

function arp(nic: string): string {
  return `net.ipv4.conf.${nic}.arp_notify`;
}
