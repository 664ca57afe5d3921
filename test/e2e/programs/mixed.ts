import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer } from 'vlan-trunk';

/** Containers on a VLAN and on ordinary networks: a bridge of this program, and one that the host has. */
const config = new pulumi.Config();
const { name, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const host = new Host(name, how);

/** One that is replaced keeps its name. */
const front = new docker.Network(
  'front',
  { name: 'front', ipamConfigs: [{ subnet: config.get('frontSubnet') ?? '172.30.41.0/24' }] },
  { provider: host.provider, deleteBeforeReplace: true },
);
const vlan = new MacvlanNetwork('vlan', {
  host,
  parentInterface: 'eth0.141',
  subnets: [{ subnet: '10.14.1.0/24', gateway: '10.14.1.1' }],
});
const serve = ['sh', '-c', 'mkdir /www; hostname >/www/index.html; exec httpd -f -h /www'];
const common = { image: 'busybox', command: serve, destroyGraceSeconds: 0 };

// By the order of names ("front" < "vlan") the bridge gives the default route on every Engine.
new NetworkContainer('proxy', {
  ...common,
  hostname: 'proxy',
  ports: [{ internal: 80, external: 8041 }],
  attachments: [
    { network: vlan, ipv4Address: '10.14.1.10', defaultRoute: config.getBoolean('byVlan') },
    {
      network: front,
      ipv4Address: config.get('frontAddress') ?? '172.30.41.10',
      defaultRoute: !config.getBoolean('byVlan'),
    },
  ],
});
new NetworkContainer('sensor', {
  ...common,
  hostname: 'sensor',
  attachments: [{ network: vlan, ipv4Address: '10.14.1.11' }],
});
// On a network that is on the host, and on nothing of this program.
new NetworkContainer('guest', {
  ...common,
  hostname: 'guest',
  host,
  attachments: [
    { network: config.get('theirs') ?? 'theirs', ipv4Address: config.get('guestAddress'), aliases: ['door'] },
  ],
});
