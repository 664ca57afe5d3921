import type { ContainerSpec } from '../../src/plan/container';
import type { NetworkSpec } from '../../src/plan/network';
import type { Problem } from '../../src/plan/problem';
import type { TrunkSpec } from '../../src/plan/trunk';
import { checkAttachments } from '../../src/plan/container';
import { checkHostNetworks } from '../../src/plan/hostNetwork';
import { warnHostNetworks } from '../../src/plan/hostWarning';
import { readNetwork } from '../../src/plan/network';
import { planHost } from '../../src/plan/placement';
import { Problems } from '../../src/plan/problem';
import { checkTrunk } from '../../src/plan/trunk';
import { checkVlansAcrossHosts } from '../../src/plan/vlanAcrossHosts';

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

/** All that a preview of it checks. */
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
    ...checkTrunk(trunk),
    ...attached.flatMap((container) => checkAttachments(container)),
    ...checkHostNetworks(host),
    ...warnHostNetworks(host),
    ...checkVlansAcrossHosts([host, planHost([], [])], ({ parentInterface }) => parentInterface),
  ];
}

/** Seconds for one check of it, the best of several: what another process takes is not ours. */
export function secondsOf(host: LargeHost, runs = 3): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    checkLargeHost(host);
    return (performance.now() - start) / 1000;
  });
  return Math.min(...times);
}

/** The figures of `npm run bench:plan`: seconds and the process' peak at full size, and time over that of half of it. */
export function benchPlan(): { seconds: number; peakMb: number; growth: number } {
  const [half, full] = [largeHost(2047, 5_000), largeHost()];
  // Turn by turn, so that a busy moment of the machine meets both; the first turn is for the compiler.
  const turns = Array.from({ length: 6 }, () => ({ half: secondsOf(half, 1), full: secondsOf(full, 1) })).slice(1);
  const seconds = Math.min(...turns.map((turn) => turn.full));
  // Of the whole process, Node and the code included, as a user's program would have it.
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { seconds, peakMb, growth: seconds / Math.min(...turns.map((turn) => turn.half)) };
}
