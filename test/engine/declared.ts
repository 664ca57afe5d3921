import type { NetworkSpec } from '../../src/plan/network/network';
import type { SubnetSpec } from '../../src/plan/network/subnet';
import type { Fixed } from './engineHost';
import type { Found } from './procNet';
import { bitsOf, blockBits } from '../property/model/bits';

/** What a container must have found, from the declaration alone: nothing of the code under test takes part. */

export const isIpv6 = (text: unknown): boolean => (text as string).includes(':');

/** True for a network whose kernel routes without a gateway (ipvlan l3 and l3s). */
export const isRouted = ({ mode }: NetworkSpec): boolean => mode === 'l3' || mode === 'l3s';

export function subnetOf({ subnets }: NetworkSpec, address: string): SubnetSpec | undefined {
  return subnets.find(({ subnet }) => lies(address, subnet as string));
}

function lies(address: string, block: string): boolean {
  const { bits, width } = blockBits(block);
  const all = bitsOf(address);
  return all.length === width && all.startsWith(bits);
}

/** The differences of one container from its declaration: addresses in the Engine and in the kernel, and default routes. */
export function differences(spec: NetworkSpec, fixed: Fixed, given: readonly string[], found: Found): string[] {
  const wanted = Object.values(fixed) as string[];
  const kept = given.filter((address) => wanted.some((one) => isIpv6(one) === isIpv6(address)));
  const handedOut = given.filter((address) => !kept.includes(address));
  const families = new Set(spec.subnets.map(({ subnet }) => isIpv6(subnet)));
  return [
    ...(given.length === families.size ? [] : [`addresses given: ${given.join(' ')}`]),
    ...differs('fixed addresses', kept, wanted),
    ...differs('addresses in the kernel', found.addresses, given),
    ...differs('default routes', found.defaultRoutes, declaredRoutes(spec, given)),
    ...handedOut.filter((address) => !mayBeHandedOut(spec, address)).map((address) => `handed out: ${address}`),
  ];
}

function differs(what: string, found: readonly string[], expected: readonly string[]): string[] {
  const [a, b] = [found, expected].map((texts) => texts.map(canonical).sort().join(' '));
  return a === b ? [] : [`${what}: ${found.join(' ') || 'none'}, not ${expected.join(' ') || 'none'}`];
}

const canonical = (text: string): string => (text === 'device' ? text : bitsOf(text));

function declaredRoutes(spec: NetworkSpec, addresses: readonly string[]): string[] {
  if (spec.internal === true || spec.parentInterface === undefined) return [];
  if (isRouted(spec)) return addresses.map(() => 'device');
  // An address outside of all declared subnets is a difference too.
  const gateways = addresses.map((address) => subnetOf(spec, address)?.gateway ?? 'none');
  return (gateways as string[]).filter((gateway) => gateway !== 'none');
}

function mayBeHandedOut(spec: NetworkSpec, address: string): boolean {
  const subnet = subnetOf(spec, address);
  if (subnet === undefined) return false;
  const { gateway, ipRange, auxiliaryAddresses } = subnet;
  const reserved = [gateway, ...Object.values(auxiliaryAddresses ?? {})].filter((one) => one !== 'none') as string[];
  return (
    lies(address, (ipRange ?? subnet.subnet) as string) && !reserved.some((one) => bitsOf(one) === bitsOf(address))
  );
}
