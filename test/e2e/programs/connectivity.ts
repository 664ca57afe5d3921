import * as pulumi from '@pulumi/pulumi';
import {
  ConnectivityCheck,
  type ConnectivityProbeArgs,
  Host,
  type HostArgs,
  MacvlanNetwork,
  NetworkContainer,
  VlanTrunk,
} from 'vlan-trunk';

/** Two hosts with two VLANs in common, and what of them is probed. */
type NamedHost = HostArgs & { name: string };
const config = new pulumi.Config();
interface UdpProbe {
  from: string;
  to: string;
  port: number;
  reachable?: boolean;
}
/**
 * What is not as it should be: the VLAN ID on the second host, the mode on the first one's first network, the size of packets, and expectations; and what is
 * probed by UDP besides, between ends by their names, or to an address.
 */
const broken = config.requireObject<{
  vlanId?: number;
  mode?: 'vepa';
  packetSize?: number;
  isMore?: boolean;
  udp?: UdpProbe[];
}>('broken');
const vlanIds = [
  [161, 162],
  [broken.vlanId ?? 161, 162],
];
const common = { image: 'busybox', command: ['sleep', '1000000'], stopTimeout: 1 };

const sites = config.requireObject<NamedHost[]>('hosts').map(({ name, ...how }, index) => {
  const host = new Host(name, how);
  const ids = vlanIds[index] ?? [];
  const trunk = new VlanTrunk(`${name}-trunk`, {
    host,
    parentInterface: 'eth0',
    vlans: ids.map((vlanId) => ({ vlanId })),
  });
  const networks = ids.map((vlanId, at) => {
    const prefix = `192.168.${[161, 162][at] ?? 0}`;
    return new MacvlanNetwork(`${name}-net${[161, 162][at] ?? 0}`, {
      parentInterface: trunk.vlan(vlanId),
      ...(at === 0 && index === 0 && { mode: broken.mode }),
      subnets: [{ subnet: `${prefix}.0/24`, gateway: `${prefix}.1`, ipRange: `${prefix}.${16 * (index + 1)}/28` }],
    });
  });
  const made = networks.map((network, at) => {
    const ipv4Address = `192.168.${[161, 162][at] ?? 0}.${index + 11}`;
    return new NetworkContainer(`${name}-c${[161, 162][at] ?? 0}`, {
      ...common,
      attachments: [{ network, ipv4Address }],
    });
  });
  return { host, networks, made };
});
const [near, far] = sites as [(typeof sites)[0], (typeof sites)[0]];
const [camera, guest] = near.made as [NetworkContainer, NetworkContainer];
const [recorder] = far.made as [NetworkContainer];
// Serves TCP port 8554, and is on both VLANs.
const server = new NetworkContainer('server', {
  ...common,
  command: ['sh', '-c', 'while :; do nc -l -p 8554 </dev/null; done'],
  attachments: [{ network: near.networks[0]!, ipv4Address: '192.168.161.21' }],
});

const probes: ConnectivityProbeArgs[] = [
  { from: [camera, server], to: [recorder, server], packetSize: broken.packetSize ?? 1500 },
  { from: recorder, to: server, protocol: 'tcp', port: 8554 },
  { from: guest, to: [recorder, '192.168.161.11'], reachable: false },
  { from: near.host, to: far.host },
];
if (broken.isMore) {
  probes.push(
    { from: near.host, to: camera },
    { from: camera, to: '192.168.161.1' },
    { from: camera, to: '192.168.161.99' },
    { from: camera, to: '10.99.0.1' },
    { from: recorder, to: server, protocol: 'tcp', port: 8555 },
    { from: camera, to: recorder, reachable: false },
  );
}
const ends = { camera, guest, recorder, server, n11: near.host, n8: far.host };
type Source = (typeof ends)[keyof typeof ends];
const end = (name: string) => (ends as Record<string, Source>)[name];
for (const { from, to, ...more } of broken.udp ?? [])
  probes.push({ from: end(from)!, to: end(to) ?? to, protocol: 'udp', ...more });
new ConnectivityCheck('reach', { probes, timeout: 5, triggers: [config.require('trigger')] });
