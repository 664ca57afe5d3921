import type { ContainerSpec } from '../../../../src/plan/container/container';
import type { HostPlan } from '../../../../src/plan/layout/placement';
import type { SubnetSpec } from '../../../../src/plan/network/subnet';
import { planNetwork } from '../../../../src/plan/network/network';
import { planHost } from '../../../../src/plan/layout/placement';
import { checkVlansAcrossHosts } from '../../../../src/plan/layout/addressAcrossHosts';
import { lines } from '../text';

/** A host with one network on VLAN 50, and containers with these addresses (`undefined`: handed out). */
const host = (more: Partial<SubnetSpec>, ...fixed: (string | undefined)[]): HostPlan => {
  const subnets = [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1', ...more }];
  const network = planNetwork({ driver: 'macvlan', parentInterface: 'eth0.50', subnets });
  const containers: ContainerSpec[] = fixed.map((ipv4Address) => ({
    attachments: [{ network, ...(ipv4Address === undefined ? {} : { ipv4Address }) }],
  }));
  return planHost([network], containers);
};
const check = (...hosts: HostPlan[]): string[] => lines(checkVlansAcrossHosts(hosts, () => '50'));
const low = { ipRange: '10.0.0.64/26' };
const high = { ipRange: '10.0.0.128/26' };

describe('accepts', () => {
  test.each<[string, HostPlan[]]>([
    ['ranges that are apart', [host(low, undefined), host(high, undefined, '10.0.0.5')]],
    ['one host that hands out', [host({}, undefined), host({})]],
    ['fixed addresses only', [host({}, '10.0.0.5'), host({}, '10.0.0.6')]],
    [
      'a fixed address reserved elsewhere',
      [host(low, '10.0.0.130'), host({ ...high, auxiliaryAddresses: { n1: '10.0.0.130' } }, undefined)],
    ],
    ["a fixed address in its own host's range", [host(low, '10.0.0.70', undefined), host(high, undefined)]],
    ['subnets apart', [host({}, undefined), host({ subnet: '10.0.1.0/24', gateway: '10.0.1.1' }, undefined)]],
  ])('%s', (_, hosts) => expect(check(...hosts)).toEqual([]));

  test("what overlaps on one host alone, which is that host's own problem", () => {
    const [first, second] = [host({}, undefined), host({ ipRange: '10.0.0.0/25' }, undefined)];
    const both = {
      ...first,
      networks: [...first.networks, ...second.networks],
      placements: [...first.placements, ...second.placements],
    };
    expect(check(both)).toEqual([]);
  });

  test('anything on VLANs that are not the same', () => {
    const hosts = [host({}, undefined, '10.0.0.5'), host({}, undefined, '10.0.0.5')];
    const names = new Map(hosts.map(({ networks }, index) => [networks[0], `vlan ${index}`]));
    expect(checkVlansAcrossHosts(hosts, (network) => names.get(network))).toEqual([]);
    expect(checkVlansAcrossHosts(hosts, () => undefined)).toEqual([]);
  });
});

describe('refuses', () => {
  test.each<[string, HostPlan[], string[]]>([
    [
      'two hosts that hand out the same addresses',
      [host({}, undefined), host({}, undefined)],
      [
        'hosts[1].networks[0].subnets[0].ipRange: must be apart from 10.0.0.0/24 of hosts[0].networks[0].subnets[0], where another Docker hands out addresses, got "10.0.0.0/24" (did you mean 10.0.0.128/26?)',
      ],
    ],
    [
      'a fixed address on both',
      [host(low, '10.0.0.5'), host(high, '10.0.0.5')],
      [
        'hosts[1].containers[0].attachments[0].ipv4Address: must be given once on the VLAN, got 10.0.0.5 also at hosts[0].containers[0].attachments[0].ipv4Address',
      ],
    ],
    [
      'a fixed address in what another host hands out',
      [host(low, '10.0.0.130'), host(high, undefined)],
      [
        'hosts[0].containers[0].attachments[0].ipv4Address: must lie outside of 10.0.0.128/26, which the Docker of hosts[1].networks[0].subnets[0] hands out; make it an auxiliary address there, got "10.0.0.130"',
      ],
    ],
    [
      "another host's gateway",
      [host({}), host({ gateway: '10.0.0.2' }, '10.0.0.3'), host({ gateway: '10.0.0.4' }, '10.0.0.2')],
      [
        'hosts[2].containers[0].attachments[0].ipv4Address: must be given once on the VLAN, got 10.0.0.2 also at hosts[1].networks[0].subnets[0].gateway',
      ],
    ],
    [
      'hosts that disagree on the subnet',
      [host({}), host({ subnet: '10.0.0.0/25' })],
      [
        'hosts[1].networks[0].subnets[0].subnet: must be 10.0.0.0/24, as at hosts[0].networks[0].subnets[0] on the same VLAN, or apart from it, got "10.0.0.0/25"',
      ],
    ],
  ])('%s', (_, hosts, problems) => expect(check(...hosts)).toEqual(problems));
});
