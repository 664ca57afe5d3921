import * as pulumi from '@pulumi/pulumi';
import {
  Host,
  type HostArgs,
  IpvlanNetwork,
  MacvlanNetwork,
  NetworkContainer,
  type Routing,
  VlanInterface,
  VlanTrunk,
} from 'vlan-trunk';

/** A host that is the gateway of its containers, and of all other machines, on two VLANs; IPv4 and IPv6. One container has a bridge of Docker besides. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const [first = 0, second = 0] = config.requireObject<number[]>('vlans');
const routing = config.get<Routing>('routing');
const driver = config.get('driver') ?? 'macvlan';

const host = new Host(name, how);
const common = { host, parentInterface: 'eth0', ...(routing !== undefined && { routing }) };
const single = config.getBoolean('oneByOne') ?? false;
const trunk = single
  ? undefined
  : new VlanTrunk('trunk', { ...common, vlans: [first, second].map((vlanId) => ({ vlanId })) });
const handle = (vlanId: number) =>
  trunk?.vlan(vlanId) ?? new VlanInterface(`vlan${vlanId}`, { ...common, vlanId }).vlan;

for (const [index, vlanId] of [first, second].entries()) {
  const n = index + 1;
  const gateways = [`10.62.${n}.1`, `2001:db8:62:${n}::1`];
  const [v4 = '', v6 = ''] = gateways;
  const args = {
    parentInterface: handle(vlanId),
    subnets: [
      { subnet: `10.62.${n}.0/24`, gateway: v4, ipRange: `10.62.${n}.64/26` },
      { subnet: `2001:db8:62:${n}::/64`, gateway: v6, ipRange: `2001:db8:62:${n}::1:0/112` },
    ],
    shim: { addresses: gateways },
  };
  const network =
    driver === 'macvlan' ? new MacvlanNetwork(`lan${n}`, args) : new IpvlanNetwork(`lan${n}`, { ...args, mode: 'l2' });
  new NetworkContainer(`router-c${n}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    restart: 'always',
    attachments: [{ network, ipv4Address: `10.62.${n}.70`, ipv6Address: `2001:db8:62:${n}::1:70` }],
  });
}
