import * as pulumi from '@pulumi/pulumi';
import {
  Host,
  type HostArgs,
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
/** On the VLANs' own links, or on shims. */
const onVlan = config.getBoolean('onVlan') ?? false;

const host = new Host(name, how);
const common = { host, parentInterface: 'eth0', ...(routing !== undefined && { routing }) };
const gatewaysOf = (vlanId: number) => {
  const n = vlanId === first ? 1 : 2;
  return [`10.62.${n}.1`, `2001:db8:62:${n}::1`] as const;
};
const args = [first, second].map((vlanId) => {
  const [v4, v6] = gatewaysOf(vlanId);
  return { vlanId, ...(onVlan && { addresses: [`${v4}/24`, `${v6}/64`] }) };
});
const trunk = config.getBoolean('oneByOne') ? undefined : new VlanTrunk('trunk', { ...common, vlans: args });
const handles = args.map(
  (vlan) => trunk?.vlan(vlan.vlanId) ?? new VlanInterface(`vlan${vlan.vlanId}`, { ...common, ...vlan }).vlan,
);

for (const [index, handle] of handles.entries()) {
  const n = index + 1;
  const gateways = gatewaysOf(handle.vlanId);
  const [v4, v6] = gateways;
  const network = new MacvlanNetwork(`lan${n}`, {
    parentInterface: handle,
    subnets: [
      { subnet: `10.62.${n}.0/24`, gateway: v4, ipRange: `10.62.${n}.64/26` },
      { subnet: `2001:db8:62:${n}::/64`, gateway: v6, ipRange: `2001:db8:62:${n}::1:0/112` },
    ],
    ...(!onVlan && { shim: { addresses: [...gateways] } }),
  });
  if (config.getBoolean('empty')) continue;
  new NetworkContainer(`router-c${n}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    restart: 'always',
    attachments: [{ network, ipv4Address: `10.62.${n}.70`, ipv6Address: `2001:db8:62:${n}::1:70` }],
  });
}
