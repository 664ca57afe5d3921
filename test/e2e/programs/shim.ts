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

/** One container on each of several VLANs, IPv4 and IPv6, each by another driver or mode; with or without a shim of the host. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const legs = config.requireObject<{ vlanId: number; driver: string }[]>('legs');

const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', { host, parentInterface: 'eth0', vlans: legs.map(({ vlanId }) => ({ vlanId })) });

for (const { vlanId, driver } of legs) {
  const [ipv4, ipv6] = [`192.168.${vlanId}`, `2001:db8:${vlanId}:`];
  const isRouted = driver.startsWith('l3');
  const subnets = [
    {
      subnet: `${ipv4}.0/24`,
      ipRange: `${ipv4}.64/26`,
      auxiliaryAddresses: { shim: `${ipv4}.250` },
      ...(isRouted ? {} : { gateway: `${ipv4}.1` }),
    },
    {
      subnet: `${ipv6}:/64`,
      ipRange: `${ipv6}:1:0/112`,
      auxiliaryAddresses: { shim: `${ipv6}:fa` },
      ...(isRouted ? {} : { gateway: `${ipv6}:1` }),
    },
  ];
  const common = { host, parentInterface: trunk.vlan(vlanId), subnets };
  const isMacvlan = ['macvlan', 'internal', 'vepa'].includes(driver);
  const network = isMacvlan
    ? new MacvlanNetwork(`lan${vlanId}`, {
        ...common,
        internal: driver === 'internal',
        mode: driver === 'vepa' ? 'vepa' : 'bridge',
      })
    : new IpvlanNetwork(`lan${vlanId}`, { ...common, mode: driver as IpvlanMode });
  new NetworkContainer(`c${vlanId}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    attachments: [{ network, ipv4Address: `${ipv4}.70`, ipv6Address: `${ipv6}:1:7` }],
  });
  if (config.getBoolean('shim') ?? false) {
    new HostShim(`own${vlanId}`, { network, addresses: [`${ipv4}.250`, `${ipv6}:fa`] });
  }
}
