import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Every kind of parent and subnet that a network takes, and containers on one and on two of them. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
/** Decides how far it goes: Engines below 27 have one network on a parent, and those below 28 no priority of routes. */
const engine = config.requireNumber('engine');
const host = new Host(name, how);
const vlans = [97, 98, 99].map((vlanId) => ({ vlanId }));
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans });

const ranged = new MacvlanNetwork('ranged', {
  host,
  parentInterface: trunk.vlan(97),
  // A range of four, two of which are auxiliary addresses.
  subnets: [
    {
      subnet: '192.168.97.0/24',
      gateway: '192.168.97.1',
      ipRange: '192.168.97.64/30',
      auxiliaryAddresses: { printer: '192.168.97.64', scanner: '192.168.97.66' },
    },
  ],
  labels: { site: 'north', floor: '2' },
});
const dual = new MacvlanNetwork('dual', {
  host,
  name: 'dual-stack',
  parentInterface: trunk.vlan(98),
  subnets: [
    { subnet: '192.168.98.0/24', gateway: '192.168.98.1' },
    { subnet: '2001:DB8:98::/64', gateway: '2001:db8:98:0::1' },
  ],
});
// Second on its parent, and first by name, by which Docker chooses if no priority is set.
const aside = new MacvlanNetwork('aside', {
  host,
  parentInterface: trunk.vlan(engine < 27 ? 99 : 98),
  subnets: [{ subnet: '192.168.101.0/24', gateway: '192.168.101.1' }],
});
const alone = new MacvlanNetwork('alone', { host, subnets: [{ subnet: '192.168.99.0/24' }] });
const inside = new MacvlanNetwork('inside', {
  host,
  parentInterface: 'eth0',
  internal: true,
  subnets: [{ subnet: '192.168.100.0/24' }],
});

const common = { image: 'busybox', command: ['sleep', '1000000'], stopTimeout: 1 };
new NetworkContainer('both', {
  ...common,
  hostname: 'two-legs',
  envs: ['COLOR=red'],
  labels: [{ label: 'role', value: 'test' }],
  attachments: [
    { network: ranged, ipv4Address: '192.168.97.11', aliases: ['web', 'www'] },
    { network: dual, ipv4Address: '192.168.98.11', ipv6Address: '2001:DB8:98::0:11', defaultRoute: true },
  ],
});
for (const given of ['given1', 'given2'])
  new NetworkContainer(given, { ...common, attachments: [{ network: ranged }] });
if (engine >= 28 || config.getBoolean('all')) {
  new NetworkContainer('chosen', {
    ...common,
    attachments: [{ network: aside }, { network: ranged, ipv4Address: '192.168.97.12', defaultRoute: true }],
  });
}
new NetworkContainer('first', {
  ...common,
  attachments: [
    { network: ranged, ipv4Address: '192.168.97.13' },
    { network: aside, defaultRoute: true },
  ],
});
new NetworkContainer('peer', { ...common, attachments: [{ network: dual, ipv6Address: '2001:db8:98::12' }] });
for (const [index, network] of [alone, alone, inside, inside].entries()) {
  new NetworkContainer(`quiet${index + 1}`, { ...common, attachments: [{ network }] });
}
