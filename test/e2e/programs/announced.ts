import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, IpvlanNetwork, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Two hosts on two VLANs, and a container on each VLAN that moves from one host to the other. */
const config = new pulumi.Config();
const hosts = config.requireObject<(HostArgs & { name: string })[]>('hosts');
const on = config.requireNumber('on');

hosts.forEach(({ name, ...how }, index) => {
  const host = new Host(name, how);
  const trunk = new VlanTrunk(`${name}-trunk`, {
    host,
    parentInterface: 'eth0',
    vlans: [{ vlanId: 150 }, { vlanId: 151 }],
  });
  const subnets = (vlanId: number) => [
    {
      subnet: `10.15.${vlanId - 150}.0/24`,
      gateway: `10.15.${vlanId - 150}.1`,
      ipRange: `10.15.${vlanId - 150}.${64 * (index + 1)}/26`,
    },
    {
      subnet: `2001:db8:${vlanId}::/64`,
      gateway: `2001:db8:${vlanId}::1`,
      ipRange: `2001:db8:${vlanId}::${index + 1}:0/112`,
    },
  ];
  const networks = {
    macvlan: new MacvlanNetwork(`${name}-macvlan`, { parentInterface: trunk.vlan(150), subnets: subnets(150) }),
    ipvlan: new IpvlanNetwork(`${name}-ipvlan`, { parentInterface: trunk.vlan(151), subnets: subnets(151) }),
  };
  if (index !== on) return;
  for (const [driver, network] of Object.entries(networks)) {
    const vlanId = driver === 'macvlan' ? 150 : 151;
    const attachments = [{ network, ipv4Address: `10.15.${vlanId - 150}.10`, ipv6Address: `2001:db8:${vlanId}::a` }];
    // Of one name on both hosts, because it is one.
    new NetworkContainer(driver, {
      image: 'busybox',
      command: ['sleep', '99999'],
      destroyGraceSeconds: 0,
      attachments,
    });
  }
});
