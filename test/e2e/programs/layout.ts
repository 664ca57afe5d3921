import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Components that are valid alone and conflict with each other: on one host, and on a VLAN of two. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const near = new Host(name, { ...how, site: 'north' });
// Never contacted: the conflicts are reported before.
const far = new Host('far', { ...how, address: '192.0.2.9', preflight: false, site: config.get('site') ?? 'north' });
const clash = config.getBoolean('clash') ?? false;

const vlans = [{ vlanId: 91 }, { vlanId: 92 }, { vlanId: 93 }];
const trunk = new VlanTrunk('trunk', { host: near, parentInterface: 'eth0', vlans });
const lan = new MacvlanNetwork('lan', {
  host: near,
  parentInterface: trunk.vlan(91),
  subnets: [{ subnet: '192.168.91.0/24', gateway: '192.168.91.1' }],
});
const common = { image: 'busybox', command: ['sleep', '1000000'] };
new NetworkContainer('fixed', { ...common, attachments: [{ network: lan, ipv4Address: '192.168.91.11' }] });
new NetworkContainer('given', { ...common, attachments: [{ network: lan }] });

if (clash) {
  new IpvlanNetwork('second-driver', {
    host: near,
    parentInterface: trunk.vlan(91),
    subnets: [{ subnet: '192.168.92.0/24', gateway: '192.168.92.1' }],
  });
  new MacvlanNetwork('same-subnet', {
    host: near,
    name: 'lan',
    parentInterface: trunk.vlan(92),
    // Not known before the engine has answered.
    subnets: [{ subnet: near.address.apply(() => '192.168.91.0/24'), gateway: '192.168.91.2' }],
  });
  new MacvlanNetwork('whole-parent', {
    host: near,
    mode: 'passthru',
    parentInterface: trunk.vlan(92),
    subnets: [{ subnet: '192.168.94.0/24', gateway: '192.168.94.1' }],
  });
  for (const [name, third] of [
    ['ipvlan-one', 95],
    ['ipvlan-two', 96],
  ] as const) {
    const subnets = [{ subnet: `192.168.${third}.0/24`, gateway: `192.168.${third}.1` }];
    new IpvlanNetwork(name, { host: near, parentInterface: trunk.vlan(93), subnets });
  }
  new NetworkContainer('twin', { ...common, attachments: [{ network: lan, ipv4Address: '192.168.91.11' }] });
}

if (config.getBoolean('late') ?? false) {
  // Not known before the network has been checked and made.
  const ipv4Address = lan.networkName.apply(() => '192.168.91.11');
  new NetworkContainer('late', { ...common, attachments: [{ network: lan, ipv4Address }] });
}

if (config.getBoolean('second') ?? false) {
  const network = new MacvlanNetwork('lan-there', {
    host: far,
    name: 'lan',
    parentInterface: 'eth0.91',
    subnets: [{ subnet: '192.168.91.0/24', gateway: '192.168.91.1' }],
  });
  new NetworkContainer('there', { ...common, attachments: [{ network }] });
}

if (config.getBoolean('named') ?? false) {
  const subnets = (third: number) => [{ subnet: `192.168.${third}.0/24`, gateway: `192.168.${third}.1` }];
  // None of these parents exists on the host. The last network has a `dependsOn`, so the program may make its parent first.
  new MacvlanNetwork('no-nic', { host: near, parentInterface: 'eth9', subnets: subnets(101) });
  new MacvlanNetwork('no-vlan', { host: near, parentInterface: 'eth9.50', subnets: subnets(102) });
  new MacvlanNetwork('ordered', { host: near, parentInterface: 'eth8', subnets: subnets(103) }, { dependsOn: trunk });
  // Docker makes it, as its documentation says.
  new MacvlanNetwork('dockers', { host: near, parentInterface: 'eth0.94', subnets: subnets(104) });
}

if (config.getBoolean('hasty') ?? false) {
  const subnets = [{ subnet: '192.168.105.0/24', gateway: '192.168.105.1' }];
  new MacvlanNetwork('hasty', { host: near, parentInterface: 'eth0.92', subnets });
}

if (config.getBoolean('own') ?? false) {
  const subnet = { subnet: '192.168.106.0/24', gateway: '192.168.106.1', ipRange: '192.168.106.128/25' };
  const addresses = ['192.168.106.2/24', '192.168.106.200/24'];
  const own = new VlanTrunk('own', { host: near, parentInterface: 'eth0', vlans: [{ vlanId: 97, addresses }] });
  const network = new MacvlanNetwork('among', { host: near, parentInterface: own.vlan(97), subnets: [subnet] });
  new NetworkContainer('same', { ...common, attachments: [{ network, ipv4Address: '192.168.106.2' }] });
  new NetworkContainer('any', { ...common, attachments: [{ network }] });
}

if (config.getBoolean('cutOff') ?? false) {
  new MacvlanNetwork('whole-nic', {
    host: near,
    mode: 'passthru',
    parentInterface: 'eth0',
    subnets: [{ subnet: '192.168.93.0/24', gateway: '192.168.93.1' }],
  });
}
