import { printable } from '../plan/argument/printable';
import { type InterfaceAddress, parseInterfaceAddress } from '../plan/ip/cidr';
import type { ForeignNetwork, ForeignSubnet } from '../plan/layout/foreignNetwork';
import { fieldOf, listOf, textOf } from './jsonField';
import { ownerLabel } from './ownerLabel';

/** A Docker network that a host has. */
export interface ExistingNetwork extends ForeignNetwork {
  /** The value of `ownerLabel`; empty for a network that this package did not make. */
  readonly owner: string;
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
  };
}

function readSubnet(value: unknown): ForeignSubnet[] {
  const block = blockOf(fieldOf(value, 'Subnet'));
  return block === undefined ? [] : [{ block, ipRange: blockOf(fieldOf(value, 'IPRange')) }];
}

function blockOf(value: unknown): InterfaceAddress['block'] | undefined {
  return typeof value === 'string' ? parseInterfaceAddress(value)?.block : undefined;
}
