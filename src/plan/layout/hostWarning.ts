import type { Cidr } from '../ip/cidr';
import { addressesOfOthers } from './addressClash';
import type { HostPlan, Placement } from './placement';
import type { Problem } from '../argument/problem';
import type { SubnetPlan } from '../network/subnet';
import { cidrOf, width } from '../ip/cidr';
import { addressOf } from '../ip/address';
import type { Problems } from '../argument/problem';
import { atNetwork, byNetwork, problemsOf, rangeOf } from './placement';

/** Number of fixed addresses that a warning names; the others are counted. */
const namedAddresses = 3;

/**
 * Warns of layouts that work now and may fail later: a fixed address inside the range that Docker hands out, on a network that also has
 * containers without a fixed address. After a power cut one of those may start first and get that address ("Address already in use"). And of fixed
 * addresses that a stopped container of others has as well.
 */
export function warnHostNetworks(host: HostPlan): Problem[] {
  const warnings = problemsOf(host);
  const attached = byNetwork(host.placements);
  host.networks.forEach((network, index) => {
    const all = attached.get(network) ?? [];
    for (const family of [4, 6] as const) {
      // Docker hands out the first subnet of a family until it is used up.
      const subnet = network.subnets.find(({ block }) => block.family === family);
      if (subnet === undefined || !all.some(({ handedOut }) => handedOut.includes(family))) continue;
      const at = atNetwork(warnings, host, index).at('subnets').at(subnet.index);
      warnSubnet(at, subnet, all, warnings);
    }
  });
  warnForeignAddresses(warnings, host);
  return warnings.list;
}

/** Docker gives ours the address that a stopped container is to have, and that one does not start again. */
function warnForeignAddresses(warnings: Problems, host: HostPlan): void {
  for (const { path, text, other } of addressesOfOthers(host)) {
    if (other.isHeld) continue;
    const expected = `should not be that of the ${other.holder}: it cannot start while another one has it`;
    warnings.below(path).add(expected, text);
  }
}

function warnSubnet(at: Problems, subnet: SubnetPlan, attached: readonly Placement[], root: Problems): void {
  if (!subnet.isComplete) return;
  const range = rangeOf(subnet);
  const fixed = attached.flatMap((placement) => placement.fixed.filter(({ block }) => block === subnet.block));
  const inside = fixed.filter(({ address }) => range.first <= address.value && address.value <= range.last);
  if (inside.length === 0) return;
  const named = inside
    .slice(0, namedAddresses)
    .map(({ address, path }) => `${address.text} (${root.below(path).path})`);
  const more = inside.length > namedAddresses ? ` and ${inside.length - namedAddresses} more` : '';
  const values = inside.map(({ address }) => address.value).sort((a, b) => (a < b ? -1 : 1));
  const free = largestFree(range, values);
  const expected = `should leave out the fixed ${named.join(', ')}${more}, which Docker may hand out first`;
  at.at('ipRange').add(expected, range.text, free?.text);
}

/** The largest block inside a block that contains none of the given sorted addresses; of several, the one with the highest addresses. */
export function largestFree(block: Cidr, sorted: readonly bigint[]): Cidr | undefined {
  if (sorted.length === 0) return block;
  if (block.prefix === width(block.family)) return undefined;
  const low = cidrOf(addressOf(block.family, block.first), block.prefix + 1);
  const high = cidrOf(addressOf(block.family, low.last + 1n), block.prefix + 1);
  const split = sorted.findIndex((value) => value > low.last);
  const count = split < 0 ? sorted.length : split;
  const candidates = [largestFree(high, sorted.slice(count)), largestFree(low, sorted.slice(0, count))];
  return candidates.reduce((best, next) => (best === undefined || (next && next.prefix < best.prefix) ? next : best));
}
