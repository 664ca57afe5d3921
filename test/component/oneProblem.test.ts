import { Host, HostShim, MacvlanNetwork, NetworkContainer, VlanTrunk } from 'vlan-trunk';
import { Program } from '../../src/components/program';
import { recordHooks } from './engineWithHooks';

/** A mistake is one problem, also where the component's own check and one across components could both find it. */

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const subnet = { subnet: '10.0.1.0/24', gateway: '10.0.1.1', auxiliaryAddresses: { shim: '10.0.1.2' } };
const vlan = {
  vlanId: 50,
  interfaceName: 'plant',
  addresses: ['10.9.0.1/24', 'fe80::1/64'],
  routes: [{ destination: '10.8.0.0/24', gateway: '10.9.0.2' }],
};
const trunk = (host: Host, name: string, ...vlans: object[]) =>
  new VlanTrunk(name, { host, parentInterface: 'eth0', vlans: vlans as [] });
const lan = (host: Host, ...subnets: object[]) =>
  new MacvlanNetwork('lan', { host, parentInterface: 'eth1', subnets: subnets as [] });

recordHooks();
const asking = { label: 'VlanTrunk t', isUpdate: false };
let count = 0;

test.each<[string, (host: Host) => unknown, string]>([
  [
    'a VLAN twice on a trunk',
    (host) => trunk(host, 't', { vlanId: 50 }, { vlanId: 60 }, { vlanId: 50 }),
    'VlanTrunk t: vlans[2].vlanId: must be given once, got 50 also at vlans[0].vlanId',
  ],
  [
    'a VLAN with all that it has',
    (host) => trunk(host, 't', vlan, vlan),
    'VlanTrunk t: vlans[1].vlanId: must be given once, got 50 also at vlans[0].vlanId',
  ],
  [
    'a VLAN twice on a trunk, under two names',
    (host) => trunk(host, 'v', vlan, { ...vlan, interfaceName: 'hall' }),
    'VlanTrunk v: vlans[1].vlanId: must be given once, got 50 also at vlans[0].vlanId',
  ],
  [
    'a VLAN on two trunks, under two names',
    (host) => [
      trunk(host, 't', vlan),
      trunk(host, 'u', { ...vlan, addresses: ['10.9.0.3/24'], interfaceName: 'hall' }),
    ],
    'hosts.HOST.trunks.u.vlans[0].interfaceName: must be "plant", as at hosts.HOST.trunks.t.vlans[0], because the kernel has only one link for VLAN 50 (802.1Q) of eth0, got "hall"',
  ],
  [
    'an address twice on a VLAN',
    (host) => trunk(host, 't', { vlanId: 50, addresses: ['10.9.0.1/24', '10.9.0.1/24'] }),
    'VlanTrunk t: vlans[0].addresses[1]: must be given once, got 10.9.0.1 also at vlans[0].addresses[0]',
  ],
  [
    'an address of that link twice on a VLAN',
    (host) => trunk(host, 't', { vlanId: 50, addresses: ['fe80::1/64', 'fe80::1/64'] }),
    'VlanTrunk t: vlans[0].addresses[1]: must be given once, got fe80::1 also at vlans[0].addresses[0]',
  ],
  [
    'an address twice on a shim',
    (host) =>
      new HostShim('s', { network: lan(host, subnet), addresses: ['10.0.1.2', '10.0.1.2'], routes: ['10.0.1.7'] }),
    'HostShim s: addresses[1]: must be given once, got 10.0.1.2 also at addresses[0]',
  ],
  [
    'a subnet twice on a network',
    (host) => lan(host, subnet, subnet),
    'MacvlanNetwork lan: subnets[1].subnet: must not overlap 10.0.1.0/24, the subnet of subnets[0], got "10.0.1.0/24"',
  ],
  [
    'a container twice on a network',
    (host) => {
      const attachment = { network: lan(host, subnet), ipv4Address: '10.0.1.5', macAddress: '02:00:5e:10:00:01' };
      return new NetworkContainer('web', { image: 'busybox', attachments: [attachment, attachment] });
    },
    'NetworkContainer web: attachments[1].network: must be given once, got it also at attachments[0].network',
  ],
])('%s', async (_, declare, problem) => {
  // Not next to those of the other tests.
  const name = `n${++count}`;
  declare(new Host(name, { address: `192.0.2.${count}`, hostKey, preflight: false, site: name }));
  // The gate has reported the problems of earlier tests.
  await expect(Program.current().gate.pass([], asking)).rejects.toThrow(
    new Error(`1 problem:\n  ${problem.replaceAll('HOST', name)}`),
  );
});
