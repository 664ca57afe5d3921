import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** A gateway on a VLAN, a web server in its network namespace, and a neighbour on the other host. */
const config = new pulumi.Config();
const at = (key: string) => {
  const { name, ...how } = config.requireObject<HostArgs & { name: string }>(key);
  const host = new Host(name, how);
  const trunk = new VlanTrunk(`${name}-trunk`, { host, parentInterface: 'eth0', vlans: [{ vlanId: 177 }] });
  const network = new MacvlanNetwork(`${name}-net`, {
    name: 'vlan177',
    parentInterface: trunk.vlan(177),
    subnets: [{ subnet: '10.17.1.0/24', gateway: '10.17.1.1' }],
  });
  return { host, network };
};
const near = at('near');
const far = at('far');
const common = { image: 'busybox', destroyGraceSeconds: 0, stopTimeout: 1, restart: 'unless-stopped' };
const sleep = ['sh', '-c', 'trap exit TERM; sleep 1000000 & wait'];

const vpn = new NetworkContainer('vpn', {
  ...common,
  command: sleep,
  hostname: 'gate',
  attachments: [{ network: near.network, ipv4Address: config.get('address') ?? '10.17.1.10' }],
});
new NetworkContainer('web', {
  ...common,
  command: [
    'sh',
    '-c',
    'trap exit TERM; mkdir -p /www; echo "web on $(hostname)" >/www/index.html; httpd -f -h /www & wait',
  ],
  networkOf: vpn,
  hostname: config.get('hostname'),
  ports: config.getObject('ports'),
  ...(config.getBoolean('elsewhere') && { host: far.host }),
});
new NetworkContainer('peer', {
  ...common,
  command: sleep,
  attachments: [{ network: far.network, ipv4Address: '10.17.1.20' }],
});
export const drift = near.host.drift;
