import type { AttachmentOption } from './attachmentOption';
import type { ContainerSpec } from './container';
import type { NetworkPlan } from '../network/network';
import { readContainer } from './container';
import { ipv6OffEverywhere, ipv6Sysctls, needsIpv6OffEverywhere } from './ipv6Mode';
import { overtaker } from './defaultRoute';
import { formatProblems, Problems } from '../argument/problem';
import { engine, type EngineVersion } from '../network/engineVersion';
import { families, withholdsDefaultRoute } from '../network/route';

/** What Docker's endpoint takes beside addresses and aliases. */
export interface EndpointPlan {
  /** `name=value`, as Docker's `--driver-opt`. */
  driverOptions: string[];
  gatewayPriority?: number;
}

/** An argument that an older Engine would ignore in silence. */
export interface EngineNeed {
  /** Path of the argument. */
  path: string;
  /** The oldest Engine that heeds it. */
  engine: EngineVersion;
  /** Why an older one does not, where it depends on the other attachments. */
  reason?: string;
}

export interface ContainerPlan {
  /** One an attachment, in their order. */
  endpoints: EndpointPlan[];
  /** Kernel settings of the whole container, to be added to its own. */
  sysctls: Record<string, string>;
  needs: EngineNeed[];
}

const sysctlOption = 'com.docker.network.endpoint.sysctls';
const interfaceNameOption = 'com.docker.network.endpoint.ifname';

/** Since when Engines heed each argument (moby, API changelog and release notes). */
const since = {
  /** API 1.46. */
  sysctls: engine(27),
  /** The settings of an interface come after those of the container, and so may differ from them. */
  interfaceAfterContainer: engine(28),
  interfaceName: engine(28),
  /** `GwPriority`. */
  defaultRoute: engine(28),
  /** The priority decides in each family apart. Before, a network with both families takes both default routes. */
  defaultRouteOfOneFamily: engine(29, 4, 1),
} as const;

/** What Docker is asked for. Throws an `Error` for a container that `checkAttachments` refuses, or that has a value not known yet. */
export function planContainer(spec: ContainerSpec): ContainerPlan {
  const problems = new Problems();
  const attachments = readContainer(problems, spec);
  for (const path of problems.skipped) problems.list.push({ path, message: 'must be known to make a container of it' });
  if (problems.list.length > 0) throw new Error(formatProblems('container', problems.list));
  const list = problems.at('attachments');
  const isOff = attachments.some(needsIpv6OffEverywhere);
  return {
    endpoints: attachments.map((attachment) => planEndpoint(attachment, attachments)),
    sysctls: isOff ? { [ipv6OffEverywhere]: '1' } : {},
    needs: attachments.flatMap((attachment, index) => needsOf(list.at(index), attachment, attachments, isOff)),
  };
}

function planEndpoint(attachment: AttachmentOption, all: readonly AttachmentOption[]): EndpointPlan {
  const { interfaceName } = attachment;
  const sysctls = settingsOf(attachment, all)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return {
    driverOptions: [
      ...(sysctls === '' ? [] : [`${sysctlOption}=${sysctls}`]),
      ...(interfaceName === undefined ? [] : [`${interfaceNameOption}=${interfaceName}`]),
    ],
    ...(needsPriority(attachment, all) ? { gatewayPriority: 1 } : {}),
  };
}

/**
 * Not for the network that comes first by name, which every Engine takes by itself: those below 28 know no priority.
 * Unless another one has both families, or withholds a default route: Engines put such a one first, whatever the names.
 */
function needsPriority({ network, defaultRoute }: AttachmentOption, all: readonly AttachmentOption[]): boolean {
  if (defaultRoute !== true) return false;
  if (overtaker(all) !== undefined || all.some((each) => withholds(each.network))) return true;
  const names = all.map((each) => each.network?.name);
  const own = network?.name;
  return own === undefined || names.some((name) => name === undefined || name < own);
}

function withholds(network: NetworkPlan | undefined): boolean {
  return network !== undefined && families.some((family) => withholdsDefaultRoute(network, family));
}

/** In the order of their names, so that another order in the program makes no other container. */
function settingsOf(attachment: AttachmentOption, all: readonly AttachmentOption[]): [string, string][] {
  const isDone = needsIpv6OffEverywhere(attachment);
  const ipv6 = ipv6Sysctls(isDone ? undefined : attachment.ipv6, takesAdvertisedRoute(attachment, all));
  return [...ipv6, ...attachment.sysctls].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** A router's advertisement gives no default route where the program wants none, or one of another network. */
function takesAdvertisedRoute({ network, defaultRoute }: AttachmentOption, all: readonly AttachmentOption[]): boolean {
  if (network?.internal === true) return false;
  return defaultRoute === true || !all.some((other) => other.defaultRoute === true);
}

function needsOf(
  problems: Problems,
  attachment: AttachmentOption,
  all: readonly AttachmentOption[],
  isOff: boolean,
): EngineNeed[] {
  const { ipv6, ...given } = attachment;
  const need = (key: string, least: EngineVersion, isNeeded: boolean, reason?: string): EngineNeed[] =>
    isNeeded ? [{ path: problems.at(key).path, engine: least, ...(reason === undefined ? {} : { reason }) }] : [];
  const preferred = given.defaultRoute === true ? overtaker(all) : undefined;
  return [
    // `off` needs none: every Engine turns IPv6 off by itself on a network without it, and in a container without it.
    ...need('ipv6', since.sysctls, ipv6 === 'static' || (ipv6 === 'slaac' && !isOff)),
    ...need('ipv6', since.interfaceAfterContainer, ipv6 === 'slaac' && isOff),
    ...need('sysctls', since.sysctls, given.sysctls.size > 0),
    ...need('interfaceName', since.interfaceName, given.interfaceName !== undefined),
    ...(preferred === undefined
      ? need('defaultRoute', since.defaultRoute, needsPriority(attachment, all))
      : need('defaultRoute', since.defaultRouteOfOneFamily, true, preference(preferred))),
  ];
}

function preference(index: number): string {
  return `earlier ones give both default routes to attachments[${index}], which has IPv4 and IPv6`;
}
