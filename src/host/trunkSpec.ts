import { isKnown, type Known } from '../plan/argument/known';
import type { ShimPlan } from '../plan/shim/shim';
import type { TrunkPlan, VlanPlan } from '../plan/link/trunk';
import { type LinkOwner, ownerWord } from './linkOwner';

/*
 * The specs that the host script reads: one word list a line. Every word has passed an allow-list in src/plan.
 */

/** The spec of a trunk and all of its VLANs. */
export function renderTrunkSpec(owner: LinkOwner, plan: TrunkPlan): string {
  return renderLines(owner, plan.parentInterface, plan.vlans.flatMap(vlanLines));
}

/**
 * The spec by which one subinterface is removed. It names what is to go and nothing else, so that a changed MTU, address
 * or route is no change of it: what we set on the link is in the host's record.
 */
export function renderRemovalSpec(owner: LinkOwner, parentInterface: string, vlan: VlanPlan): string {
  return renderLines(owner, parentInterface, [vlanLine(vlan, '-')]);
}

/**
 * The spec of a shim.
 * @param isParentDeclared - the program makes the parent, too: a look at the host does not ask for it.
 */
export function renderShimSpec(owner: LinkOwner, plan: ShimPlan, isParentDeclared: boolean): string {
  const { interfaceName: link, kind, mode, flag, addresses, routes, sysctls } = plan;
  return renderLines(owner, `${plan.parentInterface}${isParentDeclared ? ' declared' : ''}`, [
    `shim ${link} ${kind} ${mode}${flag === undefined ? '' : `/${flag}`}`,
    ...addresses.map((address) => `address ${link} ${address}`),
    ...routes.map(({ destination, source }) => `route ${link} ${destination} - ${source ?? '-'}`),
    ...sysctls.map(({ family, key, value }) => `sysctl ${link} ${family} ${key} ${value}`),
  ]);
}

function renderLines(owner: LinkOwner, parent: string, links: string[]): string {
  const lines = [`owner ${ownerWord(owner)}`, `parent ${parent}`, ...links];
  return lines.map((line) => `${line}\n`).join('');
}

function vlanLines(vlan: VlanPlan): string[] {
  const { interfaceName: link, addresses, routes } = vlan;
  const mtu = vlan.mtu === undefined ? '-' : String(resolved(vlan.mtu));
  return [
    vlanLine(vlan, mtu),
    ...addresses.map((address) => `address ${link} ${resolved(address)}`),
    ...routes
      .map(resolved)
      .map(({ destination, gateway }) => `route ${link} ${resolved(destination)} ${resolved(gateway)} -`),
    // No address on a VLAN that nobody asked for: a router's advertisements would give one, and a way out.
    `sysctl ${link} ipv6 accept_ra 0`,
  ];
}

function vlanLine({ interfaceName, vlanId, protocol }: VlanPlan, mtu: string): string {
  return `vlan ${interfaceName} ${vlanId} ${protocol} ${mtu}`;
}

function resolved<T>(value: Known<T>): T {
  if (!isKnown(value)) throw new Error('a spec is rendered only once all of its values are known');
  return value;
}
