import * as pulumi from '@pulumi/pulumi';
import {
  Host,
  type HostArgs,
  IpvlanNetwork,
  MacvlanNetwork,
  NetworkContainer,
  type Routing,
  VlanTrunk,
} from 'vlan-trunk';

/** A host with addresses on two VLANs, and on each of them a container that does without the host: on macvlan, on ipvlan l3. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const vlans = config.requireObject<{ vlanId: number; addresses: string[] }[]>('vlans');
const routing = config.get<Routing>('routing');
const [first = 0, second = 0] = vlans.map(({ vlanId }) => vlanId);

const host = new Host(name, how);
const trunk = new VlanTrunk('trunk', {
  host,
  parentInterface: 'eth0',
  vlans,
  ...(routing !== undefined && { routing }),
});
const macvlan = new MacvlanNetwork('macvlan', {
  parentInterface: trunk.vlan(first),
  subnets: [{ subnet: '10.61.1.0/24', gateway: '10.61.1.254', ipRange: '10.61.1.64/26' }],
});
const l3 = new IpvlanNetwork('l3', {
  parentInterface: trunk.vlan(second),
  mode: 'l3',
  subnets: [{ subnet: '10.61.9.0/24' }],
});
for (const [key, network, ipv4Address] of [
  ['macvlan', macvlan, '10.61.1.70'],
  ['l3', l3, '10.61.9.70'],
] as const) {
  new NetworkContainer(`isolation-${key}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    restart: 'always',
    attachments: [{ network, ipv4Address }],
  });
}
