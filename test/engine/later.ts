import type { NetworkSpec } from '../../src/plan/network/network';
import { planDockerNetwork } from '../../src/plan/network/dockerNetwork';
import { blockBits } from '../property/model/bits';
import { isIpv6 } from './declared';

/** What networks need a later Engine for: an earlier one does otherwise with containers on them. */
export interface Later {
  what: string;
  since: number;
  isOne: (spec: NetworkSpec) => boolean;
  /** How many containers it takes to see it. */
  containers: (spec: NetworkSpec) => number;
  /** What is wrong before. */
  before: RegExp;
}

const hasIpv4 = ({ subnets }: NetworkSpec): boolean => subnets.some(({ subnet }) => !isIpv6(subnet));
const needs = (spec: NetworkSpec, since: number): boolean => planDockerNetwork(spec).minimumEngine.major === since;

/** True where the subnet that Docker hands out first, of one family, has no gateway. */
function lacksGateway({ subnets }: NetworkSpec): boolean {
  const first = [false, true].map((family) => subnets.find(({ subnet }) => isIpv6(subnet) === family));
  return first.some((subnet) => subnet?.gateway === 'none');
}

/** All addresses of a network's one subnet, without edges, that are not reserved. */
function addressesOf({ subnets: [only] }: NetworkSpec): number {
  const { bits, width } = blockBits(only!.subnet as string);
  return 2 ** (width - bits.length) - new Set(Object.values(only!.auxiliaryAddresses ?? {})).size;
}

export const later: readonly Later[] = [
  {
    what: 'a gateway in one subnet and none in another',
    since: 29,
    isOne: (spec) => needs(spec, 29) && hasIpv4(spec) && lacksGateway(spec),
    containers: () => 1,
    // The Engine chooses a gateway, which a container then has, or which conflicts with a declared address.
    before: /^default routes: |already in use|no available/,
  },
  {
    what: 'no IPv4',
    since: 28,
    isOne: (spec) => needs(spec, 28) && !hasIpv4(spec),
    containers: () => 1,
    before: /^addresses given: /,
  },
  {
    what: 'a container on every address of a subnet without edges',
    since: 28,
    isOne: (spec) => needs(spec, 28) && hasIpv4(spec) && spec.subnets.length === 1 && spec.mode !== 'passthru',
    containers: addressesOf,
    // One address is a gateway, although no container uses it.
    before: /already in use|no available/,
  },
];
