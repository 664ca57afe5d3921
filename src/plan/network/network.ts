import type { Known } from '../argument/known';
import type { Problem } from '../argument/problem';
import type { OrdinaryNetwork } from './ordinaryNetwork';
import type { GatewayRule, SubnetPlan, SubnetSpec } from './subnet';
import { readInterfaceName } from '../link/interfaceName';
import { unknown as notKnown } from '../argument/known';
import { inOrder, overlapping } from '../ip/overlap';
import { Problems } from '../argument/problem';
import { checkWellFormed, optional, readBoolean, readList, readObject, readString } from '../argument/reader';
import { type IpvlanFlag, type IpvlanMode, type MacvlanMode, type NetworkDriver, readDriver, readMode } from './mode';
import { readNetworkName } from './networkName';
import { readSubnet } from './subnet';

/** The declaration of a Docker macvlan or ipvlan network. */
export interface NetworkSpec {
  driver: NetworkDriver;
  /** Its name for Docker: letters, digits, '_', '.' and '-', a letter or digit first. Left out, Pulumi makes one. */
  name?: Known<string>;
  /** An interface of the host. If omitted, Docker makes a dummy interface, and containers reach each other on this host only. */
  parentInterface?: Known<string>;
  /** By default bridge for macvlan and l2 for ipvlan. */
  mode?: MacvlanMode | IpvlanMode;
  /** For ipvlan only; by default bridge. */
  flag?: IpvlanFlag;
  /** One or more. An empty list: containers without any address (needs Engine 28). */
  subnets: readonly SubnetSpec[];
  /** True: no default route, so that containers reach only their own subnets. By default false. */
  internal?: Known<boolean>;
  labels?: Readonly<Record<string, Known<string>>>;
}

/** A network after reading: the parts of its declaration that are known and valid. */
export interface NetworkPlan {
  readonly driver: NetworkDriver | undefined;
  readonly name: string | undefined;
  readonly parentInterface: string | undefined;
  readonly hasParent: boolean;
  readonly mode: MacvlanMode | IpvlanMode;
  readonly flag: IpvlanFlag | undefined;
  readonly internal: boolean;
  readonly subnets: readonly SubnetPlan[];
  /** True if every part is here; false if a part was left out because it is not known yet, or wrong. */
  readonly isComplete: boolean;
  /** True if every subnet is here; false if one was left out because it is not known yet, or wrong. */
  readonly hasAllSubnets: boolean;
  readonly labels: ReadonlyMap<string, string>;
  /** Of a network that is neither macvlan nor ipvlan, and that this package did not make. */
  readonly ordinary?: OrdinaryNetwork;
}

/** All problems of one network's declaration; empty if there is none. Values not known yet are skipped. */
export function checkNetwork(spec: NetworkSpec): Problem[] {
  const problems = new Problems();
  readNetwork(problems, spec);
  return problems.list;
}

/** Reads a network for the checks of its containers and shims. Wrong and unknown parts are left out, and no problem is reported. */
export function planNetwork(spec: NetworkSpec): NetworkPlan {
  return readNetwork(new Problems(), spec);
}

export function readNetwork(problems: Problems, value: unknown): NetworkPlan {
  const spec = readObject(problems, value);
  if (spec === undefined) return nothingRead;
  const before = problems.count();
  const driver = readDriver(problems.at('driver'), spec.driver);
  const { mode, flag } = readMode(problems, spec, driver);
  const name = optional(spec.name, (given) => readNetworkName(problems.at('name'), given));
  const parent = problems.at('parentInterface');
  const parentInterface = optional(spec.parentInterface, (given) => readParent(parent, given));
  const internal = optional(spec.internal, (given) => readBoolean(problems.at('internal'), given)) ?? false;
  const hasParent = spec.parentInterface !== undefined;
  const gatewayRule = gatewayRuleOf(spec, mode, internal);
  const { subnets, hasAllSubnets } = readSubnets(problems.at('subnets'), spec.subnets, gatewayRule);
  const labels =
    optional(spec.labels, (given) => readLabels(problems.at('labels'), given)) ?? new Map<string, string>();
  const isComplete = problems.count() === before;
  return { driver, name, parentInterface, hasParent, mode, flag, internal, subnets, isComplete, hasAllSubnets, labels };
}

/** A network of which nothing is known. */
export const nothingRead: NetworkPlan = {
  driver: undefined,
  name: undefined,
  parentInterface: undefined,
  hasParent: false,
  mode: 'bridge',
  flag: undefined,
  internal: false,
  subnets: [],
  isComplete: false,
  hasAllSubnets: false,
  labels: new Map(),
};

/** True for an object that `planNetwork` or `readNetwork` returned. */
export function isPlan(value: unknown): value is NetworkPlan {
  return typeof value === 'object' && value !== null && 'hasAllSubnets' in value && 'subnets' in value;
}

function gatewayRuleOf(spec: Readonly<Record<string, unknown>>, mode: string, internal: boolean): GatewayRule {
  if (mode === 'l3' || mode === 'l3s') return 'refused';
  const undecided = [spec.driver, spec.mode, spec.internal].includes(notKnown);
  return spec.parentInterface === undefined || internal || undecided ? 'allowed' : 'needed';
}

function readParent(problems: Problems, value: unknown): string | undefined {
  const name = readInterfaceName(problems, value);
  if (name !== 'lo') return name;
  problems.add('must not be the loopback interface, which Docker refuses as a parent', name);
  return undefined;
}

function readSubnets(
  problems: Problems,
  value: unknown,
  rule: GatewayRule,
): { subnets: SubnetPlan[]; hasAllSubnets: boolean } {
  const list = readList(problems, value);
  if (list === undefined) return { subnets: [], hasAllSubnets: false };
  const subnets = [...list]
    .map((subnet, index) => readSubnet(problems.at(index), index, subnet, rule))
    .filter((subnet) => subnet !== undefined);
  for (const [first, second] of inOrder(overlapping(subnets, ({ block }) => block))) {
    const expected = `must not overlap ${first.block.text}, the subnet of ${problems.at(first.index).path}`;
    problems.at(second.index).at('subnet').add(expected, second.block.text);
  }
  return { subnets, hasAllSubnets: subnets.length === list.length };
}

function readLabels(problems: Problems, value: unknown): Map<string, string> {
  const read = new Map<string, string>();
  for (const [name, item] of Object.entries(readObject(problems, value) ?? {})) {
    const at = problems.at(name);
    const text = readString(at, item);
    if (checkWellFormed(at, name) && text !== undefined) read.set(name, text);
  }
  return read;
}
