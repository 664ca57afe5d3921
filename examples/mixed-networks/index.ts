import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** The host of the stack's configuration: how to reach it, and the NIC that carries the VLANs. */
interface HostConfig extends HostArgs {
  parentInterface?: string;
}

const config = new pulumi.Config();
const { parentInterface = 'eth0', ...how } = config.requireObject<HostConfig>('host');
const host = new Host('host', how);
const trunk = new VlanTrunk('trunk', { host, parentInterface, vlans: [{ vlanId: 71 }, { vlanId: 72 }] });

const vlan = (name: string, vlanId: 71 | 72) =>
  new MacvlanNetwork(name, {
    parentInterface: trunk.vlan(vlanId),
    subnets: [{ subnet: `192.168.${vlanId}.0/24`, gateway: 'none', ipRange: `192.168.${vlanId}.128/25` }],
  });
const plant = vlan('plant', 71);
const office = vlan('office', 72);

// An ordinary bridge of the host, made by its provider. One that is replaced keeps its name, so the old one goes first.
const front = new docker.Network(
  'front',
  { name: 'front', ipamConfigs: [{ subnet: '172.30.71.0/24' }] },
  { provider: host.provider, deleteBeforeReplace: true },
);

const common = { image: 'busybox', command: ['sleep', '1000000'] };
const page = (text: string) => ['sh', '-c', `mkdir /www; echo ${text} >/www/index.html; exec httpd -f -h /www`];
// No container can be the gateway of a Docker network, so those who need the router have a route of their own.
const routed = (to: 71 | 72) => ({
  ...common,
  command: ['sh', '-c', `ip route add 192.168.${to}.0/24 via 192.168.${to === 71 ? 72 : 71}.2; exec sleep 1000000`],
  capabilities: { adds: ['NET_ADMIN'] },
});

// Between both VLANs, and out over the host by its default route, which is on the bridge.
new NetworkContainer('router', {
  ...common,
  sysctls: { 'net.ipv4.ip_forward': '1' },
  attachments: [
    { network: plant, ipv4Address: '192.168.71.2' },
    { network: office, ipv4Address: '192.168.72.2' },
    { network: front },
  ],
});

new NetworkContainer('plc', { ...routed(72), attachments: [{ network: plant, ipv4Address: '192.168.71.11' }] });
new NetworkContainer('sensor', { ...common, attachments: [{ network: plant, ipv4Address: '192.168.71.12' }] });
new NetworkContainer('desk', { ...routed(71), attachments: [{ network: office, ipv4Address: '192.168.72.11' }] });

// On a VLAN, and open to everybody by a port of the host.
new NetworkContainer('hmi', {
  ...common,
  command: page('hmi'),
  ports: [{ internal: 80, external: 8071 }],
  attachments: [
    { network: plant, ipv4Address: '192.168.71.13' },
    { network: front, ipv4Address: '172.30.71.13', aliases: ['panel'] },
  ],
});
new NetworkContainer('historian', {
  ...common,
  command: page('historian'),
  ports: [{ internal: 80, external: 8072 }],
  attachments: [{ network: office, ipv4Address: '192.168.72.13' }, { network: front }],
});

// On the bridge alone.
new NetworkContainer('portal', {
  ...common,
  host,
  command: page('portal'),
  ports: [{ internal: 80, external: 8070 }],
  attachments: [{ network: front, ipv4Address: '172.30.71.10' }],
});
