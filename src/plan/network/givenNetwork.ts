import type { Family } from '../ip/address';
import { isKnown, type Known } from '../argument/known';
import { Problems } from '../argument/problem';
import { readList, readObject } from '../argument/reader';
import { parseInterfaceAddress } from '../ip/cidr';
import { readMode } from './mode';
import { type NetworkPlan, nothingRead } from './network';
import type { OrdinaryNetwork } from './ordinaryNetwork';
import { families } from './route';
import { heldBackAddress, readSubnet, type SubnetPlan } from './subnet';

/** A Docker network that was not declared with this package, as the docker provider or an Engine describes it. */
export interface GivenNetworkSpec {
  readonly name: Known<string>;
  readonly driver: string;
  readonly internal: boolean;
  readonly ipv6: boolean;
  readonly options: Readonly<Record<string, string>>;
  /** Each an object with `subnet`, `gateway`, `ipRange` and `auxiliaryAddresses`, as far as they are set. */
  readonly subnets: unknown;
}

/** Plans a network for the checks of the containers on it. What is wrong or not known is left out: its declaration is not ours to check. */
export function planGivenNetwork({
  name,
  driver,
  internal,
  ipv6,
  options,
  subnets: given,
}: GivenNetworkSpec): NetworkPlan {
  const isOrdinary = driver !== 'macvlan' && driver !== 'ipvlan';
  const { subnets, hasAllSubnets } = readSubnets(given, isOrdinary);
  const plan = {
    ...nothingRead,
    ...{ name: isKnown(name) ? name : undefined, internal, subnets, hasAllSubnets },
    isComplete: isKnown(name) && hasAllSubnets,
  };
  if (isOrdinary)
    return { ...plan, ordinary: { driver, defaultRoutes: defaultRoutes({ driver, internal, ipv6, options }, plan) } };
  const { parent, macvlan_mode: macvlanMode, ipvlan_mode: ipvlanMode } = options;
  const mode = readMode(new Problems(), { mode: driver === 'macvlan' ? macvlanMode : ipvlanMode }, driver);
  return { ...plan, ...mode, driver, parentInterface: parent, hasParent: parent !== undefined };
}

/** Containers of other drivers (overlay) get theirs over a bridge that Docker adds where no network gives one. */
function defaultRoutes(
  { driver, internal, ipv6, options }: Pick<GivenNetworkSpec, 'driver' | 'internal' | 'ipv6' | 'options'>,
  { subnets, hasAllSubnets }: NetworkPlan,
): OrdinaryNetwork['defaultRoutes'] {
  if (driver !== 'bridge' || internal) return [];
  const has = (family: Family) => subnets.some(({ block }) => block.family === family);
  // Docker adds a subnet of its own choice where none is given.
  const isOn = { 4: options['com.docker.network.enable_ipv4'] !== 'false', 6: ipv6 };
  return families.filter((family) => has(family) || (!hasAllSubnets && isOn[family]));
}

function readSubnets(given: unknown, isOrdinary: boolean): Pick<NetworkPlan, 'subnets' | 'hasAllSubnets'> {
  const quiet = new Problems();
  const list = readList(quiet, given) ?? [];
  const subnets = list.flatMap((item, index) => {
    const { subnet, gateway, ipRange, auxiliaryAddresses } = readObject(quiet, item) ?? {};
    const read = { subnet: blockText(subnet), gateway: addressText(gateway), ipRange: blockText(ipRange) };
    const plan = readSubnet(quiet, index, { ...read, auxiliaryAddresses: auxiliaryAddresses ?? undefined }, 'allowed');
    return plan === undefined ? [] : [isOrdinary ? withGateway(plan) : plan];
  });
  // Without any, Docker has chosen one, or will.
  return { subnets, hasAllSubnets: list.length > 0 && subnets.length === list.length };
}

/** Where none is given, a bridge gets the first address that Docker may hand out. */
function withGateway(subnet: SubnetPlan): SubnetPlan {
  const gateway = subnet.gateway ?? heldBackAddress(subnet);
  return gateway === undefined ? subnet : { ...subnet, gateway };
}

/** Engines keep host bits as they were given. */
function blockText(text: unknown): unknown {
  return typeof text === 'string' && text !== '' ? (parseInterfaceAddress(text)?.block.text ?? text) : notSet(text);
}

/** Engines have written it with a prefix length. */
function addressText(text: unknown): unknown {
  return typeof text === 'string' && text !== '' ? text.replace(/\/\d+$/, '') : notSet(text);
}

/** At preview the provider writes what is not set as an empty text or null. */
function notSet(value: unknown): unknown {
  return value === '' || value === null ? undefined : value;
}
