import fc from 'fast-check';
import type { AttachmentSpec, ContainerSpec } from '../../src/plan/container/container';
import type { NetworkPlan, NetworkSpec } from '../../src/plan/network/network';
import type { SubnetSpec } from '../../src/plan/network/subnet';
import { checkAttachments } from '../../src/plan/container/container';
import { checkHostNetworks } from '../../src/plan/layout/hostNetwork';
import { checkNetwork, planNetwork } from '../../src/plan/network/network';
import { planHost } from '../../src/plan/layout/placement';

/** A small world, so that things meet: few parents, few subnets that overlap, addresses near the edges. */
const last = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(63, 64, 65, 127, 128, 254, 255));
/** An address of a block by its number, which wraps where the block is small. */
function at(block: string, number: number): string {
  const [base = '', prefix = ''] = block.split('/');
  if (base.endsWith('::')) return base + (number === 0 ? '' : number.toString(16));
  const [head, end] = [base.slice(0, base.lastIndexOf('.')), Number(base.slice(base.lastIndexOf('.') + 1))];
  return `${head}.${end + (number % Math.min(256, 2 ** (32 - Number(prefix))))}`;
}
const ipv4Block = fc.constantFrom(
  '10.0.0.0/24',
  '10.0.0.0/24',
  '10.0.0.0/23',
  '10.0.1.0/24',
  '10.0.2.0/30',
  '10.0.2.0/30',
  '10.0.2.4/31',
  '10.0.2.9/32',
  '10.0.2.9/32',
);
const ipv4Subnet: fc.Arbitrary<SubnetSpec> = fc
  .record({
    block: ipv4Block,
    gateway: fc.oneof(last, fc.constant(undefined)),
    range: fc.constantFrom(undefined, '/26', '/28', '/31'),
    rangeAt: fc.constantFrom(0, 64, 128, 192),
    aux: fc.array(last, { maxLength: 2 }),
  })
  .map(({ block, gateway, range, rangeAt, aux }): SubnetSpec => ({
    subnet: block,
    gateway: gateway === undefined ? 'none' : at(block, gateway),
    ...(range === undefined ? {} : { ipRange: at(block, rangeAt) + range }),
    auxiliaryAddresses: Object.fromEntries(aux.map((host, index) => [`a${index}`, at(block, host)])),
  }));
const ipv6Subnet: fc.Arbitrary<SubnetSpec> = fc
  .record({
    block: fc
      .tuple(fc.nat(1), fc.constantFrom(64, 126, 127, 127, 128))
      .map(([id, prefix]) => `2001:db8:${id}::/${prefix}`),
    gateway: fc.nat(3),
    range: fc.constantFrom(undefined, undefined, '/122', '/127'),
    aux: fc.nat(4),
  })
  .map(({ block, gateway, range, aux }): SubnetSpec => ({
    subnet: block,
    gateway: gateway === 0 ? 'none' : at(block, gateway),
    ...(range === undefined ? {} : { ipRange: at(block, 64) + range }),
    auxiliaryAddresses: aux === 0 ? {} : { a: at(block, aux) },
  }));

/** Subnets that are valid alone. Wrong ones are tested elsewhere, and would leave nearly every generated network without a subnet. */
const right = (subnet: SubnetSpec) => checkNetwork({ driver: 'macvlan', subnets: [subnet] }).length === 0;
const [rightIpv4, rightIpv6] = [ipv4Subnet.filter(right), ipv6Subnet.filter(right)];

/** A NIC of its own, the NIC that the host is reached by, and a VLAN on it. */
const parentInterface = fc.constantFrom('eth0', 'eth0.50', 'eth1');
const subnets = fc.oneof(
  { weight: 1, arbitrary: fc.constant<SubnetSpec[]>([]) },
  { weight: 4, arbitrary: fc.array(rightIpv4, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.array(rightIpv6, { minLength: 1, maxLength: 2 }) },
  { weight: 2, arbitrary: fc.tuple(rightIpv4, rightIpv6).map((both): SubnetSpec[] => both) },
);
const common = { parentInterface, subnets, internal: fc.boolean() };
const macvlan = fc
  .record(
    { ...common, mode: fc.constantFrom('bridge', 'bridge', 'private', 'vepa', 'passthru', 'passthru') },
    { requiredKeys: ['subnets'] },
  )
  // Passthru takes every frame of its parent, and a host cannot spare the NIC that it is reached by.
  .filter(({ mode, parentInterface: parent }) => mode !== 'passthru' || parent !== 'eth0')
  .map((spec) => ({ ...spec, driver: 'macvlan' as const }));
const ipvlan = fc
  .record(
    { ...common, mode: fc.constantFrom('l2', 'l3', 'l3s'), flag: fc.constantFrom('bridge', 'private', 'vepa') },
    { requiredKeys: ['subnets'] },
  )
  .map((spec) => {
    const isRouted = spec.mode === 'l3' || spec.mode === 'l3s';
    // Otherwise nearly all l3 networks would be refused for their gateway.
    const without = spec.subnets.map((subnet) => ({ ...subnet, gateway: 'none' }));
    return { ...spec, driver: 'ipvlan' as const, subnets: isRouted ? without : spec.subnets };
  });
const networkSpec = fc.oneof(macvlan, ipvlan) as fc.Arbitrary<NetworkSpec>;
export const accepted = networkSpec.filter((spec) => checkNetwork(spec).length === 0);

type FixedAddresses = Pick<AttachmentSpec, 'ipv4Address' | 'ipv6Address'>;

/** The declaration of a host: networks that are valid alone, and containers on them. */
export interface HostSpec {
  specs: NetworkSpec[];
  containers: (FixedAddresses & { network: number })[];
}

/** None, or one of a subnet of the network, right or not. */
function fixedAddress(specs: readonly string[]): fc.Arbitrary<string | undefined> {
  const none = { weight: 3, arbitrary: fc.constant(undefined) };
  if (specs.length === 0) return none.arbitrary;
  return fc.oneof(none, {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...specs), last).map(([block, host]) => at(block, host)),
  });
}

export const host: fc.Arbitrary<HostSpec> = fc.array(accepted, { minLength: 1, maxLength: 4 }).chain((specs) => {
  const networks = specs.map((spec, index) => ({ ...spec, name: `net${index}` }));
  const plans = networks.map((spec) => planNetwork(spec));
  const container = fc.nat(networks.length - 1).chain((network) => {
    const blocks = networks[network]!.subnets.map((subnet) => subnet.subnet as string);
    const hasIpv4 = blocks.some((block) => !block.includes(':'));
    return (
      fc
        .tuple(
          fixedAddress(blocks.filter((block) => !block.includes(':'))),
          fixedAddress(blocks.filter((block) => block.includes(':'))),
        )
        // IPv6 is fixed only where IPv4 is: else no order of starting would suit two containers that have one each.
        .map(([ipv4Address, ipv6Address]) => ({
          ...(ipv4Address === undefined ? {} : { ipv4Address }),
          ...(ipv6Address === undefined || (hasIpv4 && ipv4Address === undefined) ? {} : { ipv6Address }),
        }))
        .filter((fixed) => checkAttachments({ attachments: [{ network: plans[network]!, ...fixed }] }).length === 0)
        .map((fixed) => ({ network, ...fixed }))
    );
  });
  return fc.record({ specs: fc.constant(networks), containers: fc.array(container, { maxLength: 5 }) });
});

export interface World {
  specs: NetworkSpec[];
  plans: NetworkPlan[];
  containers: ContainerSpec[];
}
export const worldOf = ({ specs, containers }: HostSpec): World => {
  const plans = specs.map((spec) => planNetwork(spec));
  return {
    specs,
    plans,
    containers: containers.map(({ network, ...fixed }) => ({ attachments: [{ network: plans[network]!, ...fixed }] })),
  };
};
export const isAccepted = ({ plans, containers }: World): boolean =>
  containers.every((container) => checkAttachments(container).length === 0) &&
  checkHostNetworks(planHost(plans, containers)).length === 0;

/**
 * The containers in rounds, fixed addresses first: what another order does to them is the warning's business. Inside of
 * a round every order will do.
 */
export function startRounds({ specs, containers }: HostSpec): HostSpec['containers'][] {
  const isFree = ({ network, ipv4Address, ipv6Address }: HostSpec['containers'][number]): number => {
    const blocks = specs[network]!.subnets.map((subnet) => subnet.subnet as string);
    const [has4, has6] = [blocks.some((block) => !block.includes(':')), blocks.some((block) => block.includes(':'))];
    return (has4 && ipv4Address === undefined ? 2 : 0) + (has6 && ipv6Address === undefined ? 1 : 0);
  };
  return [0, 1, 2, 3].map((round) => containers.filter((container) => isFree(container) === round));
}

/** Hosts that the checks accept, the same ones for a seed, for a real Engine to create. */
export function sampleHosts(count: number, seed: number): HostSpec[] {
  return fc.sample(
    host.filter((spec) => isAccepted(worldOf(spec))),
    { numRuns: count, seed },
  );
}
