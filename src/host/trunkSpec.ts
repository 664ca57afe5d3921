import { isKnown, type Known } from '../plan/argument/known';
import type { ShimPlan } from '../plan/shim/shim';
import { defaultConfirmTimeout } from '../plan/link/confirmTimeout';
import type { Persistence } from '../plan/link/persistence';
import { type QosDirection, qosEntries, type QosMap } from '../plan/link/qosMap';
import type { ManagedRouting } from '../plan/link/routing';
import type { TrunkPlan, VlanPlan } from '../plan/link/trunk';
import { type LinkOwner, ownerWord } from './linkOwner';

/*
 * The specs that the host script reads: each line is a list of words. Every word has passed an allow-list in src/plan.
 */

/** What a host does with links beyond making them. */
export interface LinkHandling {
  persistence: Persistence;
  /** Seconds. Default: 60. */
  confirmTimeout?: number | undefined;
}

/** What the host routes from and to the links; `undefined` where that is left to the host. */
interface Routed {
  routing?: GroupRouting | undefined;
}

/** What is known of the interface that links are on. */
export interface ParentHandling {
  /** True where the program or Docker makes it as well, so that the check before `up` does not require it. */
  isParentDeclared: boolean;
}

/** What a host routes from and to the links of a group, which is the trunk of an owner with its shims, or `vlans`. */
export interface GroupRouting {
  rule: ManagedRouting;
  group: LinkOwner;
}

/** The spec of a trunk and all of its VLANs. */
export function renderTrunkSpec(
  owner: LinkOwner,
  plan: TrunkPlan,
  { isParentDeclared, routing, ...handling }: Partial<ParentHandling> & Routed & LinkHandling,
): string {
  return renderLines(owner, parentOf(plan, isParentDeclared), handling, [
    ...routingLine(owner, routing),
    ...plan.vlans.flatMap((vlan) => {
      const addresses = vlan.addresses.map(resolved);
      return [...vlanLines(vlan), ...forwardingLines(vlan.interfaceName, addresses, routing)];
    }),
  ]);
}

/** The spec of a shim. */
export function renderShimSpec(
  owner: LinkOwner,
  plan: ShimPlan,
  { isParentDeclared, routing, ...handling }: ParentHandling & Routed & LinkHandling,
): string {
  const { interfaceName: link, kind, mode, flag, addresses, routes, sysctls } = plan;
  return renderLines(owner, parentOf(plan, isParentDeclared), handling, [
    ...routingLine(owner, routing),
    `shim ${link} ${kind} ${mode}${flag === undefined ? '' : `/${flag}`}`,
    ...addresses.map((address) => `address ${link} ${address}`),
    ...routes.map(({ destination, source }) => `route ${link} ${destination} - ${source ?? '-'}`),
    ...sysctls.map(({ family, key, value }) => `sysctl ${link} ${family} ${key} ${value}`),
    ...forwardingLines(link, addresses, routing),
  ]);
}

function parentOf({ parentInterface }: { parentInterface: string }, isDeclared = false): string {
  return `${parentInterface}${isDeclared ? ' declared' : ''}`;
}

/** What the removal of all links of an owner reads: the host's record holds the rest. */
export function renderOwner(owner: LinkOwner): string {
  return `owner ${ownerWord(owner)}\n`;
}

/**
 * The same for links that Docker networks of the stack can be on.
 * @param label - the value of the networks' owner label.
 */
export function renderRemoval(owner: LinkOwner, label: string): string {
  return `${renderOwner(owner)}networks ${label}\n`;
}

function renderLines(
  owner: LinkOwner,
  parent: string,
  { persistence, confirmTimeout = defaultConfirmTimeout }: LinkHandling,
  links: string[],
): string {
  const how = [
    ...(persistence === 'none' ? [] : [`persist ${persistence}`]),
    // The script has the same default, so that the state of a stack that does not set it stays as it is.
    ...(confirmTimeout === defaultConfirmTimeout ? [] : [`confirm ${confirmTimeout}`]),
  ];
  return renderOwner(owner) + [`parent ${parent}`, ...how, ...links].map((line) => `${line}\n`).join('');
}

function vlanLines(vlan: VlanPlan): string[] {
  const { interfaceName: link, addresses, routes } = vlan;
  const mtu = vlan.mtu === undefined ? '-' : String(resolved(vlan.mtu));
  return [
    vlanLine(vlan, mtu),
    ...qosLines(link, 'egress', vlan.egressQosMap),
    ...qosLines(link, 'ingress', vlan.ingressQosMap),
    ...addresses.map((address) => `address ${link} ${resolved(address)}`),
    ...routes
      .map(resolved)
      .map(({ destination, gateway }) => `route ${link} ${resolved(destination)} ${resolved(gateway)} -`),
    // A router advertisement would give the host an address and a default route that the program does not declare.
    `sysctl ${link} ipv6 accept_ra 0`,
  ];
}

function qosLines(link: string, direction: QosDirection, map: Known<QosMap> = {}): string[] {
  return qosEntries(resolved(map)).map(([from, to]) => `qos ${link} ${direction} ${from} ${to}`);
}

/** Without a second word the group is the owner. */
function routingLine(owner: LinkOwner, routing: GroupRouting | undefined): string[] {
  if (routing === undefined) return [];
  const [own, group] = [owner, routing.group].map(ownerWord);
  return [`routing ${routing.rule}${own === group ? '' : ` ${group}`}`];
}

/** A kernel before 6.17 forwards IPv6 for all of the host or not at all, and has no `force_forwarding`: see routing.sh. */
function forwardingLines(link: string, addresses: readonly string[], routing: GroupRouting | undefined): string[] {
  if (routing?.rule !== 'between') return [];
  const isIpv6 = addresses.some((address) => address.includes(':') && !address.startsWith('fe80:'));
  const keys = ['ipv4 forwarding', ...(isIpv6 ? ['ipv6 forwarding', 'ipv6 force_forwarding'] : [])];
  return keys.map((key) => `sysctl ${link} ${key} 1`);
}

function vlanLine({ interfaceName, vlanId, protocol }: VlanPlan, mtu: string): string {
  return `vlan ${interfaceName} ${vlanId} ${protocol} ${mtu}`;
}

function resolved<T>(value: Known<T>): T {
  if (!isKnown(value)) throw new Error('a spec is rendered only once all of its values are known');
  return value;
}
