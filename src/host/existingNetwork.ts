import { type InterfaceAddress, parseInterfaceAddress } from '../plan/ip/cidr';
import type { ForeignNetwork, ForeignSubnet } from '../plan/layout/foreignNetwork';
import { parseArray, textOf } from './factArray';

/** A Docker network that a host has. */
export interface ExistingNetwork extends ForeignNetwork {
  /** The value of `ownerLabel`; empty for a network that this package did not make. */
  readonly owner: string;
}

/** Reads a `network` fact of probe.sh: a JSON array in the order of its template. `undefined` for anything else. */
export function readExistingNetwork(fact: string): ExistingNetwork | undefined {
  const values = parseArray(fact);
  const [name, driver, scope, isConfigOnly, ipamDriver, owner, parent, mode, subnets] = values;
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
  };
}

function readSubnet(value: unknown): ForeignSubnet[] {
  const [subnet, range] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const block = blockOf(subnet);
  return block === undefined ? [] : [{ block, ipRange: blockOf(range) }];
}

function blockOf(value: unknown): InterfaceAddress['block'] | undefined {
  return typeof value === 'string' ? parseInterfaceAddress(value)?.block : undefined;
}
