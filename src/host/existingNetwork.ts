import { type InterfaceAddress, parseInterfaceAddress } from '../plan/ip/cidr';
import type { ForeignNetwork, ForeignSubnet } from '../plan/layout/foreignNetwork';
import { isRecord, parseArray, textOf, textsOf } from './factArray';

/** A Docker network that a host has. */
export interface ExistingNetwork extends ForeignNetwork {
  /** The value of `ownerLabel`; empty for a network that this package did not make. */
  readonly owner: string;
  /** What only networks with an owner are asked for. */
  readonly detail?: NetworkDetail;
}

/** The settings of a network, by which its drift is found. */
export interface NetworkDetail {
  readonly id: string;
  /** The value of `revisionLabel`. */
  readonly revision: string | undefined;
  readonly internal: boolean;
  readonly ipv6: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly ipam: readonly ExistingIpam[];
}

/** One subnet of a network, as Docker prints it. */
export interface ExistingIpam {
  readonly Subnet?: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: Readonly<Record<string, string>>;
}

/** Reads a `network` fact of probe.sh: a JSON array in the order of its template. `undefined` for anything else. */
export function readExistingNetwork(fact: string): ExistingNetwork | undefined {
  const values = parseArray(fact);
  const [name, driver, scope, isConfigOnly, ipamDriver, owner, parent, mode, subnets, ...more] = values;
  if (typeof name !== 'string' || typeof driver !== 'string' || !Array.isArray(subnets)) return undefined;
  // Docker compares the subnets only of local networks with its default address management. A config-only network is not compared.
  const hasLocalPool = scope === 'local' && isConfigOnly === false && ipamDriver === 'default';
  return {
    name,
    driver,
    owner: textOf(owner) ?? '',
    parentInterface: isConfigOnly === true ? undefined : textOf(parent),
    mode: textOf(mode),
    subnets: hasLocalPool ? subnets.flatMap(readSubnet) : [],
    ...readDetail(more),
  };
}

function readDetail([id, revision, internal, ipv6, options, ipam]: readonly unknown[]): { detail?: NetworkDetail } {
  if (typeof id !== 'string') return {};
  const detail = {
    id,
    revision: textOf(revision),
    internal: internal === true,
    ipv6: ipv6 === true,
    options: textsOf(options),
    ipam: Array.isArray(ipam) ? ipam.map(readIpam) : [],
  };
  return { detail };
}

function readIpam(value: unknown): ExistingIpam {
  const given = isRecord(value) ? value : {};
  return { ...textsOf(given), AuxiliaryAddresses: textsOf(given.AuxiliaryAddresses) };
}

function readSubnet(value: unknown): ForeignSubnet[] {
  const [subnet, range] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const block = blockOf(subnet);
  return block === undefined ? [] : [{ block, ipRange: blockOf(range) }];
}

function blockOf(value: unknown): InterfaceAddress['block'] | undefined {
  return typeof value === 'string' ? parseInterfaceAddress(value)?.block : undefined;
}
