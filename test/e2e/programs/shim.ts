import * as pulumi from '@pulumi/pulumi';
import {
  Host,
  type HostArgs,
  HostShim,
  type IpvlanMode,
  IpvlanNetwork,
  MacvlanNetwork,
  NetworkContainer,
  VlanTrunk,
} from 'vlan-trunk';

/** One container of either driver on a VLAN, IPv4 and IPv6, and the host's own leg there or not. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const driver = config.require('driver');

const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: [{ vlanId: 59 }] });
const isRouted = driver.startsWith('l3');
const subnets = [
  {
    subnet: '192.168.59.0/24',
    ipRange: '192.168.59.64/26',
    auxiliaryAddresses: { shim: '192.168.59.250' },
    ...(isRouted ? {} : { gateway: '192.168.59.1' }),
  },
  {
    subnet: '2001:db8:59::/64',
    ipRange: '2001:db8:59::1:0/112',
    auxiliaryAddresses: { shim: '2001:db8:59::fa' },
    ...(isRouted ? {} : { gateway: '2001:db8:59::1' }),
  },
];
const common = { host, parentInterface: trunk.vlan(59), subnets };
const network =
  driver === 'macvlan' || driver === 'internal' || driver === 'vepa'
    ? new MacvlanNetwork('lan', {
        ...common,
        internal: driver === 'internal',
        mode: driver === 'vepa' ? 'vepa' : 'bridge',
      })
    : new IpvlanNetwork('lan', { ...common, mode: driver as IpvlanMode });
new NetworkContainer('c1', {
  image: 'busybox',
  command: ['sleep', '1000000'],
  attachments: [{ network, ipv4Address: '192.168.59.70', ipv6Address: '2001:db8:59::1:7' }],
});
if (config.getBoolean('shim') ?? false) {
  new HostShim('own', { network, addresses: ['192.168.59.250', '2001:db8:59::fa'] });
}
