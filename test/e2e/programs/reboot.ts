import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, HostShim, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** On each parent a trunk of two VLANs, one with a name that Docker would not make anew, with a network and a container on each, and a shim. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);

/** The first three bytes of a VLAN's /24. */
const prefix = (vlanId: number) => `192.168.${vlanId}`;

function container(vlanId: number, parentInterface: ReturnType<VlanTrunk['vlan']>, restart: string): MacvlanNetwork {
  const network = new MacvlanNetwork(`net${vlanId}`, {
    parentInterface,
    subnets: [
      {
        subnet: `${prefix(vlanId)}.0/24`,
        gateway: `${prefix(vlanId)}.1`,
        ipRange: `${prefix(vlanId)}.64/26`,
        auxiliaryAddresses: { shim: `${prefix(vlanId)}.250` },
      },
    ],
  });
  new NetworkContainer(`reboot-${vlanId}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    restart,
    attachments: [{ network, ipv4Address: `${prefix(vlanId)}.70` }],
  });
  return network;
}

for (const [parentInterface, first] of Object.entries(config.requireObject<Record<string, number>>('trunks'))) {
  const second = first + 1;
  const trunk = new VlanTrunk(`trunk-${parentInterface}`, {
    host,
    parentInterface,
    vlans: [
      { vlanId: first },
      {
        vlanId: second,
        interfaceName: `plant${second}`,
        protocol: '802.1ad',
        mtu: 1400,
        addresses: [`${prefix(second)}.3/24`, `fd00:${second}::3/64`],
        routes: [{ destination: `10.${second}.0.0/24`, gateway: `${prefix(second)}.2` }],
      },
    ],
  });
  container(first, trunk.vlan(first), 'always');
  const network = container(second, trunk.vlan(second), 'unless-stopped');
  new HostShim(`shim-${parentInterface}`, { network, addresses: [`${prefix(second)}.250`] });
}
