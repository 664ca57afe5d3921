import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A trunk, and on each VLAN a network with a shim and one container; what can change in their lives comes by configuration. */
interface VlanConfig {
  /** Names network and container; the same for as long as they are the same to their user. */
  key: string;
  vlanId: number;
  interfaceName?: string;
  protocol?: '802.1Q' | '802.1ad';
  /** The first three bytes of its /24. */
  prefix: string;
}

const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const vlans = config.requireObject<VlanConfig[]>('vlans');
/** What the components are called today, and were called before. */
const suffix = config.get('suffix') ?? '';
const formerly = (component: string) => ({ aliases: [{ name: component }] });

const host = new Host(name, how);
const trunk = new VlanTrunk(
  `trunk${suffix}`,
  {
    host,
    parentInterface: config.get('parentInterface') ?? 'eth0',
    vlans: vlans.map(({ vlanId, interfaceName, protocol, prefix }) => ({
      ...{ vlanId, protocol, addresses: [`${prefix}.3/24`] },
      ...(interfaceName !== undefined && { interfaceName }),
    })),
  },
  formerly('trunk'),
);

const networks = vlans.map(({ key, vlanId, prefix }) => {
  const network = new MacvlanNetwork(
    `${key}${suffix}`,
    {
      name: `life-${key}`,
      parentInterface: trunk.vlan(vlanId),
      subnets: [{ subnet: `${prefix}.0/24`, gateway: `${prefix}.1`, ipRange: `${prefix}.64/26` }],
      shim: { addresses: [`${prefix}.250`], interfaceName: `shim-${key}` },
    },
    formerly(key),
  );
  new NetworkContainer(`life-${key}`, {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    attachments: [{ network, ipv4Address: `${prefix}.70` }],
  });
  return network;
});

const [first, second] = networks;
if (first !== undefined && second !== undefined) {
  new NetworkContainer('life-both', {
    image: 'busybox',
    command: ['sleep', '1000000'],
    stopTimeout: 1,
    attachments: [{ network: first, defaultRoute: true }, { network: second }],
  });
}
