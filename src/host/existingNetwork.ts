import { printable } from '../plan/argument/printable';
import { type InterfaceAddress, parseInterfaceAddress } from '../plan/ip/cidr';
import type { ForeignNetwork, ForeignSubnet } from '../plan/layout/foreignNetwork';

/** The label of every network that this package makes; its value is the owner. Docker keeps it with the network. */
export const ownerLabel = 'vlan-trunk.owner';

/** A Docker network that a host has. */
export interface ExistingNetwork extends ForeignNetwork {
  /** The value of `ownerLabel`; empty for a network that this package did not make. */
  readonly owner: string;
}

/** Stands for an owner that has not made anything yet, so that every existing network is foreign. */
export const newOwner = 'new';

/** The networks of other owners. While the owner is not known, all networks with an owner are left out, because they may be its own. */
export function foreignNetworks(networks: readonly ExistingNetwork[], owner: string | undefined): ExistingNetwork[] {
  return networks.filter((network) => network.owner !== owner && (owner !== undefined || network.owner === ''));
}

/** Reads a `network` fact of probe.sh: a JSON array in the order of its template. `undefined` for anything else. */
export function readExistingNetwork(fact: string): ExistingNetwork | undefined {
  const values = parseArray(fact);
  const [name, driver, scope, isConfigOnly, ipamDriver, owner, parent, mode, subnets] = values;
  if (typeof name !== 'string' || typeof driver !== 'string' || !Array.isArray(subnets)) return undefined;
  // Docker compares the subnets only of local networks with its default address management. A config-only network is not compared.
  const hasLocalPool = scope === 'local' && isConfigOnly === false && ipamDriver === 'default';
  return {
    // Anybody who may use Docker there chooses the name, and a plugin its own. What is changed by this is no name that we could give.
    name: printable(name, Infinity),
    driver: printable(driver, Infinity),
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

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parseArray(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
