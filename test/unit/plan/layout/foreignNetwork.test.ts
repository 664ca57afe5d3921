import {
  checkForeignNetworks,
  type ForeignNetwork,
  foreignOnSameParent,
} from '../../../../src/plan/layout/foreignNetwork';
import type { NetworkDriver } from '../../../../src/plan/network/mode';
import { type NetworkSpec, planNetwork } from '../../../../src/plan/network/network';
import { parseCidr } from '../../../../src/plan/ip/cidr';
import { lines } from '../text';

const block = (value: string) => {
  const read = parseCidr(value);
  if (read === undefined) throw new Error(`${value} is no block`);
  return read;
};

/** `name driver parent/mode subnet,range` */
const foreign = (name: string, driver: string, parent = '', ...subnets: [string, string?][]): ForeignNetwork => {
  const [parentInterface, mode] = parent.split('/');
  return {
    name,
    driver,
    parentInterface: parentInterface === '' ? undefined : parentInterface,
    mode,
    subnets: subnets.map(([subnet, range]) => ({
      block: block(subnet),
      ipRange: range === undefined ? undefined : block(range),
    })),
  };
};
const docker0 = foreign('bridge', 'bridge', '', ['172.17.0.0/16']);

const ours = (driver: NetworkDriver, subnet: string, more: Partial<NetworkSpec> & { ipRange?: string } = {}) => {
  const { ipRange, ...rest } = more;
  const subnets = [{ subnet, gateway: 'none', ...(ipRange !== undefined && { ipRange }) }];
  return planNetwork({ driver, name: 'lan', parentInterface: 'eth0.50', subnets, ...rest });
};
const problems = (network: ReturnType<typeof ours>, ...others: ForeignNetwork[]) =>
  lines(checkForeignNetworks(network, others));

test('what is apart from everything on the host is right', () => {
  const others = [docker0, foreign('other', 'macvlan', 'eth0.60', ['10.0.1.0/24'])];
  expect(problems(ours('macvlan', '10.0.0.0/24'), ...others)).toEqual([]);
});

test('a name that is on the host', () => {
  expect(problems(ours('macvlan', '10.0.0.0/24'), foreign('lan', 'bridge'))).toEqual([
    'name: must differ from the Docker network lan (bridge), which is on the host and not of this stack, got "lan"',
  ]);
});

test('a subnet that docker0 has', () => {
  expect(problems(ours('macvlan', '172.17.4.0/24'), docker0)).toEqual([
    'subnets[0].subnet: must not overlap 172.17.0.0/16 of the Docker network bridge (bridge), which is on the host and ' +
      'not of this stack, unless both have an IP range, got "172.17.4.0/24"',
  ]);
});

test.each<[string, string | undefined, string | undefined, string | undefined]>([
  ['both ranges apart', '10.0.0.64/26', '10.0.0.128/26', undefined],
  ['one inside the other', '10.0.0.64/26', '10.0.0.64/27', 'subnets[0].ipRange: must be apart from 10.0.0.64/27'],
  ['ours alone', '10.0.0.64/26', undefined, 'subnets[0].subnet: must not overlap 10.0.0.0/24'],
  ['the other one alone', undefined, '10.0.0.64/26', 'subnets[0].subnet: must not overlap 10.0.0.0/24'],
])('one subnet with IP ranges, %s', (_, mine, theirs, problem) => {
  const other = foreign('site', 'macvlan', 'eth0.60', theirs === undefined ? ['10.0.0.0/24'] : ['10.0.0.0/24', theirs]);
  const found = problems(ours('macvlan', '10.0.0.0/24', mine === undefined ? {} : { ipRange: mine }), other);
  expect(found).toEqual(problem === undefined ? [] : [expect.stringContaining(problem)]);
});

test.each<[NetworkDriver, string, string, string | undefined]>([
  ['macvlan', 'bridge', 'macvlan eth0.50/bridge', undefined],
  ['macvlan', 'bridge', 'macvlan eth0.50/passthru', 'a passthru network has its own'],
  ['macvlan', 'passthru', 'macvlan eth0.50/bridge', 'a passthru network has its own'],
  ['macvlan', 'bridge', 'ipvlan eth0.50', 'macvlan and ipvlan cannot share one'],
  ['ipvlan', 'l2', 'macvlan eth0.50', 'macvlan and ipvlan cannot share one'],
  ['ipvlan', 'l2', 'ipvlan eth0.50', 'Docker puts one ipvlan network on each'],
  ['ipvlan', 'l2', 'ipvlan eth0.60', undefined],
  ['ipvlan', 'l2', 'bridge eth0.50', undefined],
])('%s %s beside %s', (driver, mode, other, reason) => {
  const [kind = '', parent = ''] = other.split(' ');
  const network = ours(driver, '10.0.0.0/24', { mode: mode as 'l2' });
  expect(problems(network, foreign('other', kind, parent))).toEqual(
    reason === undefined
      ? []
      : [
          `parentInterface: must be another interface than that of the Docker network other (${kind}), which is on the ` +
            `host and not of this stack: ${reason}, got "eth0.50"`,
        ],
  );
});

test('networks without a parent share none', () => {
  const alone = planNetwork({ driver: 'ipvlan', name: 'lan', subnets: [] });
  expect(problems(alone, foreign('other', 'ipvlan'))).toEqual([]);
  expect(foreignOnSameParent(alone, [foreign('other', 'macvlan')])).toEqual([]);
});

test('all problems at once', () => {
  const others = [foreign('lan', 'ipvlan', 'eth0.50'), docker0];
  expect(problems(ours('macvlan', '172.17.4.0/24'), ...others)).toHaveLength(3);
});
