import type { Address } from '../ip/address';
import type { NetworkPlan } from '../network/network';
import type { HostPlan, Placement } from './placement';
import type { Problem } from '../argument/problem';
import type { SubnetPlan } from '../network/subnet';
import { parseAddress } from '../ip/address';
import { contains, parseInterfaceAddress } from '../ip/cidr';
import { FirstSeen } from '../argument/firstSeen';
import { atNetwork, byNetwork, handsOut, problemsOf, rangeOf } from './placement';
import { Problems } from '../argument/problem';
import { defaultInterfaceName } from '../link/interfaceName';
import { readList, readObject } from '../argument/reader';

/** An address of the host itself, on a trunk's link or on a shim. */
export interface HostAddress {
  /** Path of the component within the host: `trunks.lan`. */
  readonly component: string;
  /** The link whose VLAN it is on: that of the trunk, the parent interface of the shim. */
  readonly link: string;
  readonly address: Address;
  /** Path within the host: `trunks.lan.vlans[0].addresses[0]`. */
  readonly path: string;
}

/** The same with the name of the VLAN, which is the same on each host of a switched network. */
export interface OwnAddress extends Omit<HostAddress, 'link'> {
  readonly vlan: string;
}

/** The networks of a host, and the host's own addresses on their VLANs. */
export interface HostOnVlans {
  readonly plan: HostPlan;
  readonly own: readonly OwnAddress[];
}

/** The addresses of containers on one VLAN. Their paths are built only for problems, because there may be ten thousand. */
class Vlan {
  /** Fixed addresses of containers, each with its path. */
  readonly fixed = new Map<string, () => string>();
  readonly pools: Pool[] = [];
}

/** A subnet from which an Engine hands out addresses. */
interface Pool {
  readonly path: () => string;
  readonly subnet: SubnetPlan;
  /** Addresses that the same Engine does not hand out. */
  readonly kept: ReadonlySet<string>;
}

/**
 * Problems of the hosts' own addresses, which no Engine knows. Each may be given once on a VLAN, must not be a container's fixed address,
 * and must not lie in a range that an Engine hands out there. `vlanOf` returns the name of a network's VLAN; `undefined` for a network
 * that no other host can be on.
 */
export function checkOwnAddresses(
  hosts: readonly HostOnVlans[],
  vlanOf: (network: NetworkPlan) => string | undefined,
): Problem[] {
  const problems = new Problems();
  const vlans = readVlans(hosts, vlanOf);
  const seen = new FirstSeen();
  for (const { plan, own } of hosts) {
    const root = problemsOf(plan, problems);
    for (const { vlan, address, component, path } of own) {
      const at = root.below(path);
      // An address that one component gives twice is reported by its own check.
      if (!seen.besides(root.below(component).path).add(at, `${vlan} ${address.text}`, address.text)) continue;
      const { fixed, pools } = vlans.get(vlan) ?? new Vlan();
      const container = fixed.get(address.text);
      if (container !== undefined)
        at.addMessage(`must be given once on the VLAN, got ${address.text} also at ${container()}`);
      const pool = pools.find(({ subnet, kept }) => contains(rangeOf(subnet), address) && !kept.has(address.text));
      if (pool === undefined) continue;
      const reason = `which the Docker of ${pool.path()} hands out; make it an auxiliary address there`;
      at.add(`must lie outside of ${rangeOf(pool.subnet).text}, ${reason}`, address.text);
    }
  }
  return problems.list;
}

function readVlans(
  hosts: readonly HostOnVlans[],
  vlanOf: (network: NetworkPlan) => string | undefined,
): Map<string, Vlan> {
  const vlans = new Map<string, Vlan>();
  for (const { plan } of hosts) {
    const root = problemsOf(plan);
    const attached = byNetwork(plan.placements);
    const kept = new Set(plan.networks.flatMap(({ subnets }) => subnets.flatMap(keptOf)));
    plan.networks.forEach((network, index) => {
      const name = vlanOf(network);
      if (name === undefined) return;
      const vlan = vlans.get(name) ?? new Vlan();
      vlans.set(name, vlan);
      const placements: readonly Placement[] = attached.get(network) ?? [];
      for (const { address, path } of placements.flatMap(({ fixed }) => fixed)) {
        vlan.fixed.set(address.text, () => root.below(path).path);
      }
      for (const subnet of network.subnets) {
        const path = () => atNetwork(root, plan, index).at('subnets').at(subnet.index).path;
        if (handsOut(subnet, placements)) vlan.pools.push({ path, subnet, kept });
      }
    });
  }
  return vlans;
}

function keptOf({ gateway, auxiliaryAddresses }: SubnetPlan): string[] {
  return [...(gateway === undefined ? [] : [gateway]), ...auxiliaryAddresses.values()].map(({ text }) => text);
}

/** The host's addresses on a trunk's links. Wrong ones and those not known yet are left out. */
export function trunkAddresses(component: string, trunk: unknown): HostAddress[] {
  const quiet = new Problems();
  const { parentInterface, vlans } = readObject(quiet, trunk) ?? {};
  const ofTrunk = quiet.at('trunks').at(component);
  const list = ofTrunk.at('vlans');
  return [...(readList(quiet, vlans) ?? [])].flatMap((value, index) => {
    const { vlanId, interfaceName, addresses } = readObject(quiet, value) ?? {};
    const byDefault =
      typeof parentInterface === 'string' && typeof vlanId === 'number'
        ? defaultInterfaceName(parentInterface, vlanId)
        : undefined;
    const link = interfaceName ?? byDefault;
    if (typeof link !== 'string') return [];
    const parse = (text: string) => parseInterfaceAddress(text)?.address;
    return readOwn(list.at(index), ofTrunk.path, link, addresses, parse);
  });
}

/** The host's addresses on a shim, whose network has this parent interface. */
export function shimAddresses(component: string, parent: string | undefined, addresses: unknown): HostAddress[] {
  const at = new Problems().at('shims').at(component);
  return parent === undefined ? [] : readOwn(at, at.path, parent, addresses, parseAddress);
}

function readOwn(
  quiet: Problems,
  component: string,
  link: string,
  addresses: unknown,
  parse: (text: string) => Address | undefined,
): HostAddress[] {
  const list = quiet.at('addresses');
  return [...(addresses === undefined ? [] : (readList(quiet, addresses) ?? []))].flatMap((text, index) => {
    const address = typeof text === 'string' ? parse(text) : undefined;
    return address === undefined ? [] : [{ component, link, address, path: list.at(index).path }];
  });
}
