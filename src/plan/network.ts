import type { Known } from './known';
import type { Problem } from './problem';
import type { GatewayRule, SubnetPlan, SubnetSpec } from './subnet';
import { readInterfaceName } from './interfaceName';
import { unknown as notKnown } from './known';
import { inOrder, overlapping } from './overlap';
import { Problems } from './problem';
import { optional, readBoolean, readChoice, readList, readObject, readPattern, readString } from './reader';
import { readSubnet } from './subnet';

export type NetworkDriver = 'macvlan' | 'ipvlan';
/** Modes of macvlan (ip-link(8)). */
export type MacvlanMode = 'bridge' | 'private' | 'vepa' | 'passthru';
/** Modes of ipvlan (kernel, Documentation/networking/ipvlan.rst). */
export type IpvlanMode = 'l2' | 'l3' | 'l3s';
/** Who reaches whom among the containers of one ipvlan parent (same document). */
export type IpvlanFlag = 'bridge' | 'private' | 'vepa';

const drivers: readonly NetworkDriver[] = ['macvlan', 'ipvlan'];
const macvlanModes: readonly MacvlanMode[] = ['bridge', 'private', 'vepa', 'passthru'];
const ipvlanModes: readonly IpvlanMode[] = ['l2', 'l3', 'l3s'];
const ipvlanFlags: readonly IpvlanFlag[] = ['bridge', 'private', 'vepa'];

/** Narrower than the Engine, which takes any text: the docker command reads `a=b` and `-x` as options. */
const dockerName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
/** Names that Docker keeps for its own networks and modes of a container. */
const takenByDocker: readonly string[] = ['bridge', 'host', 'none', 'default', 'container'];

/** A macvlan or ipvlan network of Docker, as declared. */
export interface NetworkSpec {
  driver: NetworkDriver;
  /** Its name for Docker: letters, digits, '_', '.' and '-', a letter or digit first. Left out, Pulumi makes one. */
  name?: Known<string>;
  /** An interface of the host. Left out, Docker makes a dummy, and containers reach each other on this host only. */
  parentInterface?: Known<string>;
  /** By default bridge for macvlan and l2 for ipvlan. */
  mode?: MacvlanMode | IpvlanMode;
  /** For ipvlan only; by default bridge. */
  flag?: IpvlanFlag;
  /** At least one, or an empty list, said expressly: containers without any address (needs Engine 28). */
  subnets: readonly SubnetSpec[];
  /** True: no default route, so that containers reach only their own subnets. By default false. */
  internal?: Known<boolean>;
  labels?: Readonly<Record<string, Known<string>>>;
}

/** A network that was read: what of it is known and right. */
export interface NetworkPlan {
  readonly driver: NetworkDriver | undefined;
  readonly name: string | undefined;
  readonly parentInterface: string | undefined;
  readonly hasParent: boolean;
  readonly mode: MacvlanMode | IpvlanMode;
  readonly flag: IpvlanFlag | undefined;
  readonly internal: boolean;
  readonly subnets: readonly SubnetPlan[];
  /** False where anything is missing here because it is not known yet, or wrong. */
  readonly isWhole: boolean;
  /** False where a subnet is missing here because it is not known yet, or wrong. */
  readonly hasAllSubnets: boolean;
  readonly labels: ReadonlyMap<string, string>;
}

/** All problems of one network's declaration; empty if there is none. Values not known yet are skipped. */
export function checkNetwork(spec: NetworkSpec): Problem[] {
  const problems = new Problems();
  readNetwork(problems, spec);
  return problems.list;
}

/** What can be read of a network, for the checks of what is attached to it. Wrong and unknown parts are left out. */
export function planNetwork(spec: NetworkSpec): NetworkPlan {
  return readNetwork(new Problems(), spec);
}

export function readNetwork(problems: Problems, value: unknown): NetworkPlan {
  const spec = readObject(problems, value);
  if (spec === undefined) return nothingRead;
  const before = problems.count();
  const driver = readChoice(problems.at('driver'), spec.driver, drivers);
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
  const isWhole = problems.count() === before;
  return { driver, name, parentInterface, hasParent, mode, flag, internal, subnets, isWhole, hasAllSubnets, labels };
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
  isWhole: false,
  hasAllSubnets: false,
  labels: new Map(),
};

function gatewayRuleOf(spec: Readonly<Record<string, unknown>>, mode: string, internal: boolean): GatewayRule {
  if (mode === 'l3' || mode === 'l3s') return 'refused';
  const undecided = [spec.driver, spec.mode, spec.internal].includes(notKnown);
  return spec.parentInterface === undefined || internal || undecided ? 'allowed' : 'needed';
}

function readMode(
  problems: Problems,
  spec: Readonly<Record<string, unknown>>,
  driver: NetworkDriver | undefined,
): Pick<NetworkPlan, 'mode' | 'flag'> {
  const at = problems.at('mode');
  if (driver !== 'ipvlan') {
    if (spec.flag !== undefined && driver === 'macvlan') problems.at('flag').add('is for ipvlan only', spec.flag);
    const read = driver && optional(spec.mode, (given) => readChoice(at, given, macvlanModes));
    return { mode: read ?? 'bridge', flag: undefined };
  }
  const mode = optional(spec.mode, (given) => readChoice(at, given, ipvlanModes)) ?? 'l2';
  const flag = optional(spec.flag, (given) => readChoice(problems.at('flag'), given, ipvlanFlags)) ?? 'bridge';
  return { mode, flag };
}

function readNetworkName(problems: Problems, value: unknown): string | undefined {
  const expected = "must be letters, digits, '_', '.' and '-', a letter or digit first";
  const name = readPattern(problems, value, dockerName, expected);
  if (name === undefined || !takenByDocker.includes(name)) return name;
  problems.add('must not be a name that Docker keeps for itself', name);
  return undefined;
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
    const text = readString(problems.at(name), item);
    if (text !== undefined) read.set(name, text);
  }
  return read;
}
