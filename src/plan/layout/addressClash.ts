import { FirstSeen } from '../argument/firstSeen';
import type { Problems } from '../argument/problem';
import { isHeldBack } from '../network/engine';
import { heldBackAddress } from '../network/subnet';
import type { ForeignAddress } from './foreignAddress';
import type { Place } from './place';
import type { HostPlan, Placement } from './placement';

/**
 * Networks of one host with the same subnet share its addresses: each gateway, auxiliary and fixed address may be given once. That
 * includes the address that Engines up to 27 reserve as a gateway if none is set.
 */
export function checkAddresses(problems: Problems, places: readonly Place[], placements: readonly Placement[]): void {
  const seen = new FirstSeen();
  for (const { network, at: place } of places) {
    const blocks = new Set<string>();
    for (const subnet of network.subnets) {
      const { block, gateway, auxiliaryAddresses } = subnet;
      // A subnet that one network has twice is reported by its own check.
      if (blocks.has(block.text)) continue;
      blocks.add(block.text);
      const at = place.at('subnets').at(subnet.index);
      if (gateway !== undefined) seen.add(at.at('gateway'), `${block.text} ${gateway.text}`, gateway.text);
      const held = heldBackAddress(subnet);
      const isAuxiliary = [...auxiliaryAddresses.values()].some(({ value }) => value === held?.value);
      if (held !== undefined && !isAuxiliary && isHeldBack(network, subnet, held))
        seen.add(at.at('gateway'), `${block.text} ${held.text}`, held.text);
      for (const [name, { text }] of auxiliaryAddresses) {
        seen.add(at.at('auxiliaryAddresses').at(name), `${block.text} ${text}`, text);
      }
    }
  }
  for (const { fixed } of placements) {
    for (const { address, block, path } of fixed) {
      seen.add(problems.below(path), `${block.text} ${address.text}`, address.text);
    }
  }
}

/** A fixed address that a running container of others has: Docker would refuse it ("Address already in use"). */
export function checkForeignAddresses(problems: Problems, host: HostPlan): void {
  for (const { path, text, other } of addressesOfOthers(host)) {
    if (other.isHeld) problems.below(path).add(`must not be that of the ${other.holder}`, text);
  }
}

/** The fixed addresses that containers of others have as well, or are to have. */
export function addressesOfOthers({ placements, foreign }: HostPlan): OtherHolder[] {
  return placements.flatMap(({ network, fixed }) =>
    fixed.flatMap(({ address, block, path }) => {
      const other = foreign.at(network, block, address);
      return other === undefined ? [] : [{ path, text: address.text, other }];
    }),
  );
}

/** A fixed address, its path within the host, and who else has it. */
interface OtherHolder {
  readonly path: string;
  readonly text: string;
  readonly other: ForeignAddress;
}
