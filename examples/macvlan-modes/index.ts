import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A host of the stack's configuration: its name, how to reach it, and the NIC that the trunk arrives at. */
interface HostConfig extends HostArgs {
  name: string;
  parentInterface?: string;
}

/** Each mode on a VLAN of its own. In mode passthru one container has the parent for itself. */
const modes = [
  { mode: 'bridge', vlanId: 51, containers: 2 },
  { mode: 'private', vlanId: 52, containers: 2 },
  { mode: 'vepa', vlanId: 53, containers: 2 },
  { mode: 'passthru', vlanId: 54, containers: 1 },
] as const;

const hosts = new pulumi.Config().requireObject<HostConfig[]>('hosts');

for (const [index, { name, parentInterface = 'eth0', ...how }] of hosts.entries()) {
  const host = new Host(name, how);
  // An address of the host itself on each VLAN, to see whether its own containers reach it.
  const vlans = modes.map(({ vlanId }) => ({ vlanId, addresses: [`192.168.${vlanId}.${101 + index}/24`] }));
  const trunk = new VlanTrunk(`${name}-trunk`, { host, parentInterface, vlans });

  for (const { mode, vlanId, containers } of modes) {
    const subnet = `192.168.${vlanId}`;
    const network = new MacvlanNetwork(`${name}-${mode}`, {
      host,
      name: `macvlan-${mode}`,
      mode,
      parentInterface: trunk.vlan(vlanId),
      subnets: [{ subnet: `${subnet}.0/24`, gateway: `${subnet}.1` }],
    });

    // bridge1 and bridge2 on the first host, bridge3 and bridge4 on the second, and so on.
    for (let one = 1; one <= containers; one++) {
      const number = index * containers + one;
      new NetworkContainer(`${mode}${number}`, {
        image: 'busybox',
        command: ['sleep', '1000000'],
        attachments: [{ network, ipv4Address: `${subnet}.${10 + number}` }],
      });
    }
  }
}
