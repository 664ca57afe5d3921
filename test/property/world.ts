import fc from 'fast-check';
import type { ContainerSpec } from '../../src/plan/container';
import type { NetworkPlan, NetworkSpec } from '../../src/plan/network';
import type { SubnetSpec } from '../../src/plan/subnet';
import { checkAttachments } from '../../src/plan/container';
import { checkHostNetworks } from '../../src/plan/hostNetwork';
import { checkNetwork, planNetwork } from '../../src/plan/network';
import { planHost } from '../../src/plan/placement';

/** A small world, so that things meet: few parents, few subnets that overlap, addresses near the edges. */
const last = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(63, 64, 65, 127, 128, 254, 255));
const ipv4Subnet: fc.Arbitrary<SubnetSpec> = fc
  .record({
    block: fc.constantFrom(
      '10.0.0.0/24',
      '10.0.0.0/24',
      '10.0.0.0/23',
      '10.0.1.0/24',
      '10.0.2.0/30',
      '10.0.2.4/31',
      '10.0.2.9/32',
    ),
    gateway: fc.oneof(last, fc.constant(undefined)),
    range: fc.constantFrom(undefined, '/26', '/28', '/31'),
    rangeAt: fc.constantFrom(0, 64, 128, 192),
    aux: fc.array(last, { maxLength: 2 }),
  })
  .map(({ block, gateway, range, rangeAt, aux }): SubnetSpec => {
    const [base = '', prefix = ''] = block.split('/');
    const [head, end] = [base.slice(0, base.lastIndexOf('.')), Number(base.slice(base.lastIndexOf('.') + 1))];
    const at = (host: number): string => `${head}.${end + (host % Math.min(256, 2 ** (32 - Number(prefix))))}`;
    return {
      subnet: block,
      gateway: gateway === undefined ? 'none' : at(gateway),
      ...(range === undefined ? {} : { ipRange: at(rangeAt) + range }),
      auxiliaryAddresses: Object.fromEntries(aux.map((host, index) => [`a${index}`, at(host)])),
    };
  });
const ipv6Subnet: fc.Arbitrary<SubnetSpec> = fc
  .record({ id: fc.nat(1), prefix: fc.constantFrom(64, 126, 127, 128), gateway: fc.nat(3), aux: fc.nat(4) })
  .map(({ id, prefix, gateway, aux }): SubnetSpec => ({
    subnet: `2001:db8:${id}::/${prefix}`,
    gateway: gateway === 0 ? 'none' : `2001:db8:${id}::${gateway}`,
    auxiliaryAddresses: aux === 0 ? {} : { a: `2001:db8:${id}::${aux}` },
  }));
const l3 = fc.constantFrom('l3', 'l3s');
const networkSpec = fc
  .record(
    {
      driver: fc.constantFrom('macvlan', 'ipvlan'),
      parentInterface: fc.constantFrom('eth0', 'eth0.50', 'eth1'),
      mode: fc.oneof(fc.constantFrom('bridge', 'passthru', 'l2'), l3),
      internal: fc.boolean(),
      subnets: fc.array(fc.oneof({ weight: 3, arbitrary: ipv4Subnet }, { weight: 1, arbitrary: ipv6Subnet }), {
        maxLength: 2,
      }),
    },
    { requiredKeys: ['driver', 'subnets'] },
  )
  .map((spec) => {
    // Otherwise nearly all l3 networks would be refused for their gateway.
    if (spec.mode !== 'l3' && spec.mode !== 'l3s') return spec;
    return { ...spec, subnets: spec.subnets.map((subnet) => ({ ...subnet, gateway: 'none' })) };
  }) as fc.Arbitrary<NetworkSpec>;
export const accepted = networkSpec.filter((spec) => checkNetwork(spec).length === 0);

/** What a host is declared with: networks that are right by themselves, and containers on them. */
export interface HostSpec {
  specs: NetworkSpec[];
  containers: { network: number; ipv4Address: string | undefined }[];
}

export const host: fc.Arbitrary<HostSpec> = fc.array(accepted, { minLength: 1, maxLength: 4 }).chain((specs) => {
  const networks = specs.map((spec, index) => ({ ...spec, name: `net${index}` }));
  const address = fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.tuple(fc.nat(2), last).map(([third, end]) => `10.0.${third}.${end}`) },
  );
  const container = fc.record({ network: fc.nat(networks.length - 1), ipv4Address: address });
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
    containers: containers.map(({ network, ipv4Address }) => ({
      attachments: [{ network: plans[network]!, ...(ipv4Address === undefined ? {} : { ipv4Address }) }],
    })),
  };
};
export const isAccepted = ({ plans, containers }: World): boolean =>
  containers.every((container) => checkAttachments(container).length === 0) &&
  checkHostNetworks(planHost(plans, containers)).length === 0;

/** Hosts that the checks accept, the same ones for a seed, for a real Engine to create. */
export function sampleHosts(count: number, seed: number): HostSpec[] {
  return fc.sample(
    host.filter((spec) => isAccepted(worldOf(spec))),
    { numRuns: count, seed },
  );
}
