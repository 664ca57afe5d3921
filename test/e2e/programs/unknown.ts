import * as command from '@pulumi/command';
import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';

/** Values of another resource that are known only at `up`: the host's address, an MTU, a subnet, a container's address. */
const config = new pulumi.Config();
const { name, address, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const {
  host: addressOfHost,
  mtu,
  prefix,
} = config.requireObject<{ host: string; mtu: number; prefix: string }>('said');

const said = new command.remote.Command('said', {
  connection: { host: address, privateKey: config.require('privateKey') },
  create: `printf '%s %s %s' ${addressOfHost} ${mtu} ${prefix}`,
});
const word = (index: number) => said.stdout.apply((text) => text.split(' ')[index] ?? '');

const host = new Host(name, { ...how, address: word(0) });
const trunk = new VlanTrunk('trunk', {
  host,
  parentInterface: 'eth0',
  vlans: [{ vlanId: 96, mtu: word(1).apply(Number) }],
});
const network = new MacvlanNetwork('macvlan', {
  host,
  parentInterface: trunk.vlan(96),
  subnets: [{ subnet: pulumi.interpolate`${word(2)}.0/24`, gateway: pulumi.interpolate`${word(2)}.1` }],
});
new NetworkContainer('unknown-c1', {
  image: 'busybox',
  command: ['sleep', '1000000'],
  attachments: [{ network, ipv4Address: pulumi.interpolate`${word(2)}.11` }],
});
