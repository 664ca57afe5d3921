import type { ContainerSpec } from '../../src/plan/container/container';
import type { DockerNetworkPlan } from '../../src/plan/network/dockerNetwork';
import type { NetworkPlan, NetworkSpec } from '../../src/plan/network/network';
import type { Problem } from '../../src/plan/argument/problem';
import type { TrunkPlan, TrunkSpec } from '../../src/plan/link/trunk';
import { checkAttachments } from '../../src/plan/container/container';
import { planDockerNetwork } from '../../src/plan/network/dockerNetwork';
import { checkHostNetworks } from '../../src/plan/layout/hostNetwork';
import { warnHostNetworks } from '../../src/plan/layout/hostWarning';
import { readNetwork } from '../../src/plan/network/network';
import { checkOwnAddresses, trunkAddresses } from '../../src/plan/layout/hostAddress';
import { segmentOf } from '../../src/plan/layout/segment';
import { planHost } from '../../src/plan/layout/placement';
import { Problems } from '../../src/plan/argument/problem';
import { readTrunk } from '../../src/plan/link/trunk';
import { checkVlansAcrossHosts } from '../../src/plan/layout/addressAcrossHosts';
import { planWith, problemsWith } from '../readWith';

/** A host as large as one can be. */
export interface LargeHost {
  trunk: TrunkSpec;
  networks: NetworkSpec[];
  /** Each on the network with this number. */
  containers: { network: number; ipv4Address?: string }[];
}

/** Every VLAN there is, a network on each, and containers spread over them, half of them with a fixed address. */
export function largeHost(vlanCount = 4094, containerCount = 10_000): LargeHost {
  const ids = Array.from({ length: vlanCount }, (_, index) => index + 1);
  const base = (id: number): string => `10.${id >> 8}.${id & 255}`;
  return {
    trunk: {
      parentInterface: 'eth0',
      vlans: ids.map((vlanId) => ({ vlanId, mtu: 1500, addresses: [`${base(vlanId)}.2/24`] })),
    },
    networks: ids.map((id) => ({
      driver: 'macvlan',
      name: `vlan${id}`,
      parentInterface: `eth0.${id}`,
      subnets: [
        {
          subnet: `${base(id)}.0/24`,
          gateway: `${base(id)}.1`,
          ipRange: `${base(id)}.128/25`,
          auxiliaryAddresses: { host: `${base(id)}.2` },
        },
        { subnet: `2001:db8:${id.toString(16)}::/64`, gateway: `2001:db8:${id.toString(16)}::1` },
      ],
    })),
    containers: Array.from({ length: containerCount }, (_, index) => {
      const network = index % vlanCount;
      const host = 10 + Math.floor(index / vlanCount);
      return index % 2 === 0 ? { network } : { network, ipv4Address: `${base(network + 1)}.${host}` };
    }),
  };
}

function vlanOf({ parentInterface = '' }: NetworkPlan): string {
  return segmentOf(parentInterface, known).vlan;
}

const known = {
  declared: new Map<string, never>(),
  found: new Map<string, undefined>(),
  masters: new Map<string, never>(),
};

/** All that is checked of it: each declaration, each host, and all hosts together. */
export function checkLargeHost({ trunk, networks, containers }: LargeHost): Problem[] {
  const problems = new Problems();
  const plans = networks.map((network) => readNetwork(problems, network));
  const attached: ContainerSpec[] = containers.map(({ network, ...fixed }) => {
    const plan = plans[network];
    return { attachments: plan === undefined ? [] : [{ network: plan, ...fixed }] };
  });
  const host = planHost(plans, attached);
  return [
    ...problems.list,
    ...problemsWith(readTrunk, trunk),
    ...attached.flatMap((container) => checkAttachments(container)),
    ...checkHostNetworks(host),
    ...warnHostNetworks(host),
    ...checkVlansAcrossHosts([host, planHost([], [])], vlanOf),
    ...checkOwnAddresses(
      [
        {
          plan: host,
          own: trunkAddresses('trunk', trunk).map((one) => ({ ...one, vlan: segmentOf(one.link, known).vlan })),
        },
      ],
      vlanOf,
    ),
  ];
}

/** All of it in the form in which it goes to the host and to Docker. */
export function planLargeHost({ trunk, networks }: LargeHost): { trunk: TrunkPlan; networks: DockerNetworkPlan[] } {
  return { trunk: planWith(readTrunk, trunk), networks: networks.map((network) => planDockerNetwork(network)) };
}

/** Seconds to check and plan it once: by the clock, and of the processors, which other processes do not lengthen. */
export interface Cost {
  clock: number;
  processor: number;
}

/** The least of several runs. */
export function costOf(host: LargeHost, runs: number): Cost {
  const costs = Array.from({ length: runs }, () => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    checkLargeHost(host);
    planLargeHost(host);
    const { user, system } = process.cpuUsage(used);
    return { clock: (performance.now() - start) / 1e3, processor: (user + system) / 1e6 };
  });
  return least(costs);
}

export function least(costs: readonly Cost[]): Cost {
  return {
    clock: Math.min(...costs.map(({ clock }) => clock)),
    processor: Math.min(...costs.map(({ processor }) => processor)),
  };
}
