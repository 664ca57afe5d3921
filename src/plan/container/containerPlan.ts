import type { AttachmentOption } from './attachmentOption';
import type { ContainerSpec } from './container';
import type { NetworkPlan } from '../network/network';
import { readContainer } from './container';
import {
  hasDockersIpv6Route,
  hearsUnasked,
  ipv6OffEverywhere,
  ipv6Sysctls,
  needsIpv6OffEverywhere,
  withoutAdvertisedRoute,
} from './ipv6Mode';
import { overtaker } from './defaultRoute';
import { formatProblems, Problems } from '../argument/problem';
import { engine, type EngineVersion } from '../network/engineVersion';
import { families, withholdsDefaultRoute } from '../network/route';

/** Settings of an endpoint (a container's connection to a network), besides addresses and aliases. */
export interface EndpointPlan {
  /** `name=value`, as Docker's `--driver-opt`. */
  driverOptions: string[];
  gatewayPriority?: number;
  macAddress?: string;
}

/** An argument that needs a certain Engine: an older one ignores it without an error. */
export interface EngineNeed {
  /** Path of the argument. */
  path: string;
  /** The oldest Engine that applies it. */
  engine: EngineVersion;
  /** Why an older one does not, if that depends on the other attachments. */
  reason?: string;
}

export interface ContainerPlan {
  /** One for each attachment, in their order. */
  endpoints: EndpointPlan[];
  /** Kernel settings of the container that the attachments need, in addition to those that the program sets. */
  sysctls: Record<string, string>;
  needs: EngineNeed[];
}

const sysctlOption = 'com.docker.network.endpoint.sysctls';
const interfaceNameOption = 'com.docker.network.endpoint.ifname';

/** The first Engine that applies each argument (moby, API changelog and release notes). */
const since = {
  /** API 1.46. */
  sysctls: engine(27),
  /** From here on an interface's settings are applied after the container's, so that they can override them. */
  interfaceAfterContainer: engine(28),
  interfaceName: engine(28),
  /** `GwPriority`. */
  defaultRoute: engine(28),
  /**
   * API 1.54, in which a container that is there already can be connected with a MAC address. In 1.51, which is the newest that the docker provider's
   * client speaks, Engines ignore it (seen with 28.5.2 and 29.7.2). See dockerDial.ts.
   */
  macAddress: engine(29, 3),
  /** From here on the priority decides in each family separately. Before, a network with both families takes both default routes. */
  defaultRouteOfOneFamily: engine(29, 4, 1),
} as const;

/** Plans the request to Docker. Throws an `Error` for a container that `checkAttachments` refuses, or that has a value not known yet. */
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
  const { interfaceName, macAddress } = attachment;
  const sysctls = settingsOf(attachment, all)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return {
    driverOptions: [
      ...(sysctls === '' ? [] : [`${sysctlOption}=${sysctls}`]),
      ...(interfaceName === undefined ? [] : [`${interfaceNameOption}=${interfaceName}`]),
    ],
    ...(needsPriority(attachment, all) ? { gatewayPriority: 1 } : {}),
    ...(macAddress === undefined ? {} : { macAddress }),
  };
}

/**
 * True if the chosen network needs a gateway priority, which Engines below 28 do not have. It needs none if it is the first by name,
 * because every Engine then takes it by default. Exception: a network with both families, or one that withholds a default route, comes
 * first whatever the names are.
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

/** Sorted by name, so that their order in the program makes no difference (a changed text would replace the container). */
function settingsOf(attachment: AttachmentOption, all: readonly AttachmentOption[]): [string, string][] {
  // What the program sets comes last: where no mode is set, it may know better.
  const settings = new Map([...ipv6SettingsOf(attachment, all), ...attachment.sysctls]);
  return [...settings].sort(([one], [other]) => (one < other ? -1 : 1));
}

function ipv6SettingsOf(attachment: AttachmentOption, all: readonly AttachmentOption[]): ReadonlyMap<string, string> {
  const { ipv6 } = attachment;
  if (hearsUnasked(attachment) && hasDockersIpv6Route(all)) return withoutAdvertisedRoute();
  if (ipv6 === undefined || needsIpv6OffEverywhere(attachment)) return new Map();
  return ipv6Sysctls(ipv6, takesAdvertisedRoute(attachment, all));
}

/** False if the default route of a router advertisement must be ignored: the network is internal, or another gateway gives the default route. */
function takesAdvertisedRoute({ network, defaultRoute }: AttachmentOption, all: readonly AttachmentOption[]): boolean {
  if (network?.internal === true || hasDockersIpv6Route(all)) return false;
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
    // `off` needs no newer Engine: each one turns IPv6 off on a network without an IPv6 subnet, and in a container with IPv6 off.
    ...need('ipv6', since.sysctls, ipv6 === 'static' || (ipv6 === 'slaac' && !isOff)),
    ...need('ipv6', since.interfaceAfterContainer, ipv6 === 'slaac' && isOff),
    ...need('sysctls', since.sysctls, given.sysctls.size > 0),
    ...need('interfaceName', since.interfaceName, given.interfaceName !== undefined),
    ...need('macAddress', since.macAddress, given.macAddress !== undefined),
    ...(preferred === undefined
      ? need('defaultRoute', since.defaultRoute, needsPriority(attachment, all))
      : need('defaultRoute', since.defaultRouteOfOneFamily, true, preference(preferred))),
  ];
}

function preference(index: number): string {
  return `earlier ones give both default routes to attachments[${index}], which has IPv4 and IPv6`;
}
