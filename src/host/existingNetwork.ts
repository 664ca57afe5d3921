import { printable } from '../plan/argument/printable';
import { type InterfaceAddress, parseInterfaceAddress } from '../plan/ip/cidr';
import type { ForeignNetwork, ForeignSubnet } from '../plan/layout/foreignNetwork';
import type { GivenNetworkSpec } from '../plan/network/givenNetwork';
import { fieldOf, isRecord, listOf, textOf, textsOf } from './jsonField';
import { ownerLabel, revisionLabel } from './ownerLabel';

/** A Docker network that a host has. */
export interface ExistingNetwork extends ForeignNetwork {
  readonly driver: string;
  /** The value of `ownerLabel`; empty for a network that this package did not make. */
  readonly owner: string;
  /** Absent where the Engine did not give it. */
  readonly detail?: NetworkDetail;
}

/** The settings of a network, by which its drift is found, and containers on it are checked. */
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

/** Reads one of the networks that the Engine lists (`GET /networks`). `undefined` for anything else. */
export function readExistingNetwork(listed: unknown): ExistingNetwork | undefined {
  const of = (...path: string[]) => fieldOf(listed, ...path);
  const [name, driver] = [of('Name'), of('Driver')];
  if (typeof name !== 'string' || typeof driver !== 'string') return undefined;
  const isConfigOnly = of('ConfigOnly') === true;
  // Docker compares the subnets only of local networks with its default address management. A config-only network is not compared.
  const hasLocalPool = of('Scope') === 'local' && !isConfigOnly && of('IPAM', 'Driver') === 'default';
  return {
    // Anybody who may use Docker there chooses the name, and a plugin its own. What is changed by this is no name that we could give.
    name: printable(name, Infinity),
    driver: printable(driver, Infinity),
    owner: textOf(of('Labels', ownerLabel)) ?? '',
    parentInterface: isConfigOnly ? undefined : textOf(of('Options', 'parent')),
    mode: textOf(of('Options', 'macvlan_mode')),
    subnets: hasLocalPool ? listOf(of('IPAM', 'Config')).flatMap(readSubnet) : [],
    ...readDetail(listed),
  };
}

/** What containers of the program that are attached to it are checked against. */
export function givenNetwork({ name, driver, detail }: ExistingNetwork): GivenNetworkSpec {
  const { internal = false, ipv6 = false, options = {}, ipam = [] } = detail ?? {};
  const subnets = ipam.map(({ Subnet, IPRange, Gateway, AuxiliaryAddresses }) => ({
    ...{ subnet: Subnet, ipRange: IPRange, gateway: Gateway, auxiliaryAddresses: AuxiliaryAddresses },
  }));
  return { name, driver, internal, ipv6, options, subnets };
}

function readDetail(listed: unknown): { detail?: NetworkDetail } {
  const of = (...path: string[]) => fieldOf(listed, ...path);
  const id = of('Id');
  if (typeof id !== 'string') return {};
  const detail = {
    id,
    revision: textOf(of('Labels', revisionLabel)),
    internal: of('Internal') === true,
    ipv6: of('EnableIPv6') === true,
    options: textsOf(of('Options')),
    ipam: listOf(of('IPAM', 'Config')).map(readIpam),
  };
  return { detail };
}

function readIpam(value: unknown): ExistingIpam {
  const given = isRecord(value) ? value : {};
  return { ...textsOf(given), AuxiliaryAddresses: textsOf(given.AuxiliaryAddresses) };
}

function readSubnet(value: unknown): ForeignSubnet[] {
  const block = blockOf(fieldOf(value, 'Subnet'));
  return block === undefined ? [] : [{ block, ipRange: blockOf(fieldOf(value, 'IPRange')) }];
}

function blockOf(value: unknown): InterfaceAddress['block'] | undefined {
  return typeof value === 'string' ? parseInterfaceAddress(value)?.block : undefined;
}
