import { readFileSync } from 'node:fs';
import * as command from '@pulumi/command';
import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import type { Layout } from '../layout';

/** The layout as one writes it with the providers at hand: a command a VLAN, a provider a host, no components. */
const config = new pulumi.Config('bench');
const { parentInterface, image, containers, hosts } = config.requireObject<Layout>('layout');
const sshOpts = config.requireObject<string[]>('sshOptions');

for (const { name, address, hostKey, privateKeyFile, vlans } of hosts) {
  const connection = { host: address, hostKey, privateKey: readFileSync(privateKeyFile, 'utf8') };
  const provider = new docker.Provider(`${name}-docker`, { host: `ssh://root@${address}`, sshOpts });
  for (const vlan of vlans) {
    const link = new command.remote.Command(`${name}-${vlan.link}`, {
      connection,
      create: `ip link add link ${parentInterface} name ${vlan.link} type vlan id ${vlan.vlanId} && ip link set ${vlan.link} up`,
      delete: `ip link delete ${vlan.link}`,
    });
    if (!containers) continue;
    const network = new docker.Network(
      `${name}-${vlan.network}`,
      {
        name: vlan.network,
        driver: 'macvlan',
        options: { parent: vlan.link },
        ipamConfigs: [{ subnet: vlan.subnet, gateway: vlan.gateway, ipRange: vlan.ipRange }],
      },
      { provider, dependsOn: link },
    );
    new docker.Container(
      `${name}-${vlan.container}`,
      {
        name: vlan.container,
        image,
        command: ['sleep', '1000000'],
        networksAdvanced: [{ name: network.name, ipv4Address: vlan.address }],
      },
      { provider },
    );
  }
}
