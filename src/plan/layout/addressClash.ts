import { FirstSeen } from '../argument/firstSeen';
import type { Problems } from '../argument/problem';
import { isHeldBack } from '../network/engine';
import { heldBackAddress } from '../network/subnet';
import type { Place } from './place';
import type { HostPlan, Placement } from './placement';

/**
 * Networks of one host with the same subnet share its addresses: each gateway, auxiliary and fixed address may be given once. That
 * includes the address that Engines up to 27 reserve as a gateway if none is set.
 */
export function checkAddresses(problems: Problems, places: readonly Place[], placements: readonly Placement[]): void {
  const seen = new FirstSeen();
  for (const { network, at: place } of places) {
    for (const subnet of network.subnets) {
      const { block, gateway, auxiliaryAddresses } = subnet;
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
export function checkForeignAddresses(problems: Problems, { placements, foreign }: HostPlan): void {
  for (const { network, fixed } of placements) {
    for (const { address, block, path } of fixed) {
      const other = foreign.at(network, block, address);
      if (other?.isHeld === true) problems.below(path).add(`must not be that of the ${other.holder}`, address.text);
    }
  }
}
