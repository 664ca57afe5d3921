import * as pulumi from '@pulumi/pulumi';
import {
  ConnectivityCheck,
  Host,
  HostShim,
  IpvlanNetwork,
  MacvlanNetwork,
  NetworkContainer,
  VlanInterface,
  VlanTrunk,
} from 'vlan-trunk';
import { Gate, type GateMember } from '../../src/components/gate';
import { formatProblems } from '../../src/plan/argument/problem';

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const key = '-----BEGIN OPENSSH PRIVATE KEY-----';
const subnet = (third: number) => ({
  subnet: `10.0.${third}.0/24`,
  gateway: `10.0.${third}.1`,
  ipRange: `10.0.${third}.128/25`,
  auxiliaryAddresses: { shim: `10.0.${third}.2` },
});
const vlan = {
  vlanId: 50,
  interfaceName: 'plant',
  mtu: 1500,
  addresses: ['10.9.0.1/24'],
  routes: [{ destination: '10.8.0.0/24', gateway: '10.9.0.2' }],
  protocol: '802.1Q',
  egressQosMap: { 6: 5 },
  ingressQosMap: { 5: 6 },
};

/** A component, and its arguments. */
export interface Declaration {
  component: new (name: string, args: never) => unknown;
  args: object;
}

/** The components with every argument of theirs. */
export function declarations(): Record<string, Declaration> {
  const host = new Host('n1', { address: '192.0.2.1', hostKey, preflight: false });
  const network = new MacvlanNetwork('lan', {
    host,
    parentInterface: 'eth0',
    subnets: [{ ...subnet(0) }, { subnet: '2001:db8::/64', gateway: 'none' }],
  });
  const networkArgs = {
    host,
    name: 'net',
    parentInterface: 'eth1',
    physicalNetwork: 'lan',
    subnets: [subnet(1)],
    internal: false,
    labels: { site: 'north' },
    shim: { addresses: ['10.0.1.2'], routes: ['10.0.1.20'], interfaceName: 'net-shim' },
  };
  const attachment = {
    network,
    ipv4Address: '10.0.0.5',
    ipv6Address: '2001:db8::5',
    aliases: ['web'],
    defaultRoute: true,
    ipv6: 'static',
    sysctls: { 'net.ipv4.conf.IFNAME.rp_filter': '1' },
    interfaceName: 'lan0',
    macAddress: '02:00:5e:10:00:01',
  };
  return {
    Host: {
      component: Host,
      args: {
        address: '192.0.2.2',
        port: 22,
        user: 'root',
        hostKey,
        privateKeyFile: __filename,
        sudo: false,
        site: 'north',
        preflight: false,
        persistence: 'none',
        onUnreachable: 'fail',
        confirmTimeout: 30,
        rollBackTogether: true,
        registries: [{ address: 'registry.example:5000', username: 'reader', password: 'hidden' }],
        proxy: { address: '192.0.2.3', privateKey: key, hostKey },
      },
    },
    VlanTrunk: {
      component: VlanTrunk,
      args: { host, parentInterface: 'eth2', vlans: [vlan], routing: 'isolated', physicalNetwork: 'lan' },
    },
    VlanInterface: {
      component: VlanInterface,
      args: { host, parentInterface: 'eth2', vlanId: 51, routing: 'between', physicalNetwork: 'lan' },
    },
    MacvlanNetwork: { component: MacvlanNetwork, args: { ...networkArgs, mode: 'bridge' } },
    IpvlanNetwork: { component: IpvlanNetwork, args: { host, subnets: [], mode: 'l2', flag: 'bridge' } },
    NetworkContainer: {
      component: NetworkContainer,
      args: { name: 'web', host, sysctls: {}, attachments: [attachment, { network: 'theirs' }], ...passedOn },
    },
    ConnectivityCheck: {
      component: ConnectivityCheck,
      args: {
        probes: [
          { from: host, to: '10.0.0.5', reachable: true, protocol: 'tcp', port: 80 },
          { from: [host], to: ['10.0.0.5'], packetSize: 1400 },
        ],
        triggers: ['1'],
        timeout: 5,
      },
    },
    HostShim: {
      component: HostShim,
      args: { network, addresses: ['10.0.0.2'], routes: ['10.0.0.20'], interfaceName: 'lan-shim' },
    },
  };
}

/** For the provider, which reports what is wrong with it. */
export const passedOn = { image: 'busybox', healthcheck: { interval: '60s' }, capabilities: { adds: ['all'] } };

/** Makes components, and gives the problems of each once all that it waits for has resolved. */
export class Refusals {
  private readonly add = jest.spyOn(Gate.prototype, 'add');

  /** Any error but a refusal is thrown on. */
  async of(kind: string, name: string, { component: Component, args }: Declaration): Promise<string> {
    this.add.mockClear();
    try {
      new Component(name, args as never);
    } catch (error) {
      if (error instanceof pulumi.RunError) return error.message;
      throw error;
    }
    const added: GateMember[] = this.add.mock.calls.map(([member]) => member);
    await Promise.all(added.map(({ settled }) => settled));
    return formatProblems(
      kind,
      added.flatMap((member) => member.problems()),
    );
  }
}
