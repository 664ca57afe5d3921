import type { Address } from '../ip/address';
import type { Cidr, InterfaceAddress } from '../ip/cidr';
import type { FirstSeen } from '../argument/firstSeen';
import type { Known } from '../argument/known';
import type { Problems } from '../argument/problem';
import { sameAddress } from '../ip/address';
import { readAddress, readCidr } from '../ip/addressReader';
import { contains, containsCidr, edgeName } from '../ip/cidr';
import { isKnown, unknown as notKnown } from '../argument/known';
import { optional, readList, readObject } from '../argument/reader';
import { linkLocal, touches, unusable } from '../ip/specialRange';

/** The declaration of a static route of the host via a router on one of its VLANs. */
export interface VlanRoute {
  /** CIDR without host bits; a network that is not on the VLAN itself. */
  destination: Known<string>;
  /** Address of the router on the VLAN, in the subnet of one of the host's own addresses there. */
  gateway: Known<string>;
}

/** Reads the routes of one VLAN, on which the host has the addresses `own`. Each destination may be given once on the trunk. */
export function readVlanRoutes(
  problems: Problems,
  value: unknown,
  own: readonly Known<InterfaceAddress>[],
  destinations: FirstSeen,
): Known<VlanRoute>[] {
  if (value === notKnown) return [notKnown];
  return [...(optional(value, (given) => readList(problems, given)) ?? [])]
    .map((item, index) => (item === notKnown ? notKnown : readRoute(problems.at(index), item, own, destinations)))
    .filter((route) => route !== undefined);
}

function readRoute(
  problems: Problems,
  value: unknown,
  own: readonly Known<InterfaceAddress>[],
  destinations: FirstSeen,
): VlanRoute | undefined {
  const spec = readObject(problems, value);
  if (spec === undefined) return undefined;
  const at = problems.at('destination');
  const destination = readDestination(at, spec.destination, own);
  if (destination !== undefined) destinations.add(at, destination.text, destination.text);
  const gateway = readGateway(problems.at('gateway'), spec.gateway, own, destination);
  return { destination: destination?.text ?? notKnown, gateway: gateway?.text ?? notKnown };
}

function readDestination(
  problems: Problems,
  value: unknown,
  own: readonly Known<InterfaceAddress>[],
): Cidr | undefined {
  const block = readCidr(problems, value);
  if (block === undefined) return undefined;
  const special = touches(unusable, block) ?? touches(linkLocal, block);
  const direct = own.find((address) => isKnown(address) && containsCidr(address.block, block));
  if (block.prefix === 0)
    problems.add('must not be the default route, which this package leaves to the host', block.text);
  else if (special !== undefined) {
    problems.add(`must not touch the ${special.name} range ${special.block.text}`, block.text);
  } else if (direct !== undefined && isKnown(direct)) {
    problems.add(`must not lie inside ${direct.block.text}, which the host reaches by its own address`, block.text);
  }
  return block;
}

function readGateway(
  problems: Problems,
  value: unknown,
  own: readonly Known<InterfaceAddress>[],
  destination: Cidr | undefined,
): Address | undefined {
  const gateway = readAddress(problems, value);
  if (gateway === undefined) return undefined;
  if (destination !== undefined && destination.family !== gateway.family) {
    problems.add(`must be an IPv${destination.family} address, as the destination is`, gateway.text);
    return gateway;
  }
  const known = own.filter(isKnown);
  const near = known.find(({ block }) => contains(block, gateway));
  if (near === undefined) {
    if (known.length < own.length) return gateway;
    const blocks = known.map(({ block }) => block.text);
    const where = blocks.length === 0 ? 'the VLAN, which needs addresses for it' : blocks.join(' or ');
    problems.add(`must be an address of ${where}`, gateway.text);
    return gateway;
  }
  const edge = edgeName(near.block, gateway);
  if (edge !== undefined)
    problems.add(`must be the address of a router, not ${edge} of ${near.block.text}`, gateway.text);
  else if (known.some(({ address }) => sameAddress(address, gateway))) {
    problems.add("must be another machine's address, not the host's own", gateway.text);
  }
  return gateway;
}
