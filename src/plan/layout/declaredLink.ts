import type { Cidr } from '../ip/cidr';
import { type Address, parseAddress } from '../ip/address';
import { parseCidr, parseInterfaceAddress, width } from '../ip/cidr';
import { isKnown, type Known } from '../argument/known';
import { Problems } from '../argument/problem';
import { readList, readObject } from '../argument/reader';
import { defaultInterfaceName } from '../link/interfaceName';
import type { LinkVlan } from '../link/parentReport';
import { readShim } from '../shim/shim';
import { readShimName } from '../shim/shimName';

/** A route of a host over a link that the program declares. */
export interface DeclaredRoute {
  readonly destination: Cidr;
  /** `undefined` for what is on the link itself. */
  readonly gateway: string | undefined;
  /** True for the subnet of an address of the link, false for a route that the program gives. */
  readonly isSubnet: boolean;
  /** Path within the host: `trunks.lan.vlans[0].routes[0].destination`. */
  readonly path: string;
}

/** An address of the host on a link that the program declares. */
export interface LinkAddress {
  readonly address: Address;
  /** The subnet of the address, of which it makes all other addresses reachable over the link. */
  readonly block: Cidr;
  /** Path within the host: `trunks.lan.vlans[0].addresses[0]`. */
  readonly path: string;
}

/** A link that a component declares on a host, as far as it is known. Wrong parts are left out: the component's own check reports them. */
export interface DeclaredLink {
  /** Path of the component within the host: `trunks.lan`, `shims.own`. */
  readonly component: string;
  /** Path of the link within the host: `trunks.lan.vlans[0]`, `shims.own`. */
  readonly path: string;
  readonly name: string;
  /** `undefined` for a shim, and for a VLAN that is not known yet. */
  readonly vlan: LinkVlan | undefined;
  readonly isShim: boolean;
  /** The interface that a shim is on; `undefined` for a VLAN, and while that is not known. */
  readonly shimParent: string | undefined;
  /** If absent, the link takes the parent's. */
  readonly mtu: Known<number> | undefined;
  readonly routes: readonly DeclaredRoute[];
  /** Of a shim those of gateways alone: its others belong to its network. */
  readonly addresses: readonly LinkAddress[];
}

/** True if both are one link of the kernel: they have the same name, or are the same VLAN, of which there is one link only. Names are compared in sharedLink.ts. */
export function isSameLink(one: DeclaredLink, other: DeclaredLink): boolean {
  if (one.name === other.name) return true;
  return one.vlan !== undefined && other.vlan !== undefined && vlanKey(one.vlan) === vlanKey(other.vlan);
}

/** The same for a VLAN of one parent interface, and for no other. */
export function vlanKey({ parentInterface, vlanId, protocol }: LinkVlan): string {
  return `${parentInterface} ${protocol} ${vlanId}`;
}

/** The links of a trunk, for the checks across components. */
export function trunkLinks(component: string, trunk: unknown): DeclaredLink[] {
  const at = new Problems().at('trunks').at(component);
  const spec = readObject(new Problems(), trunk);
  const list = readList(new Problems(), spec?.vlans) ?? [];
  return [...list].flatMap((value, index) => {
    const link = readVlan(at.at('vlans').at(index), value, spec?.parentInterface);
    return link === undefined ? [] : [{ ...link, component: at.path }];
  });
}

/** The link of a shim; `shim` is a `ShimSpec`. */
export function shimLinks(component: string, shim: unknown): DeclaredLink[] {
  const at = new Problems().at('shims').at(component);
  const plan = readShim(new Problems(), shim);
  const name = plan?.interfaceName ?? readName(shim);
  if (name === undefined) return [];
  const routes = (plan?.routes ?? []).flatMap(({ destination }) => {
    const block = parseCidr(destination);
    return block === undefined
      ? []
      : [{ destination: block, gateway: undefined, isSubnet: false, path: at.at('routes').path }];
  });
  const addresses = readAddresses(at.at('addresses'), plan?.addresses).filter(({ block }) => !isSingle(block));
  const { path } = at;
  const shimParent = plan?.parentInterface;
  const mtu = undefined;
  const all = [...addresses.flatMap(subnetOf), ...routes];
  return [{ component: path, path, name, vlan: undefined, isShim: true, shimParent, mtu, routes: all, addresses }];
}

function readName(shim: unknown): string | undefined {
  const spec = readObject(new Problems(), shim);
  const network = readObject(new Problems(), spec?.network);
  const parent = network?.parentInterface;
  return readShimName(new Problems(), spec?.interfaceName, typeof parent === 'string' ? parent : undefined);
}

function readVlan(at: Problems, value: unknown, parentInterface: unknown): Omit<DeclaredLink, 'component'> | undefined {
  const spec = readObject(new Problems(), value);
  if (spec === undefined) return undefined;
  const { vlanId, protocol = '802.1Q', interfaceName, mtu } = spec;
  const vlan =
    typeof parentInterface === 'string' && typeof vlanId === 'number' && typeof protocol === 'string'
      ? { parentInterface, vlanId, protocol }
      : undefined;
  const name = interfaceName ?? (vlan && defaultInterfaceName(vlan.parentInterface, vlan.vlanId));
  if (typeof name !== 'string') return undefined;
  const own = readAddresses(at.at('addresses'), spec.addresses);
  return {
    path: at.path,
    name,
    vlan,
    isShim: false,
    shimParent: undefined,
    mtu: typeof mtu === 'number' || !isKnown(mtu) ? mtu : undefined,
    routes: [...own.flatMap(subnetOf), ...readRoutes(at.at('routes'), spec.routes)],
    addresses: own,
  };
}

function readAddresses(at: Problems, value: unknown): LinkAddress[] {
  const list = readList(new Problems(), value) ?? [];
  return [...list].flatMap((item, index) => {
    const read = typeof item === 'string' ? parseInterfaceAddress(item) : undefined;
    return read === undefined ? [] : [{ ...read, path: at.at(index).path }];
  });
}

/** The route to the subnet of the host's address, which the kernel adds; none for a block of one address, or for what holds on its link only. */
function subnetOf({ block, path }: LinkAddress): DeclaredRoute[] {
  return isSingle(block) || block.text.startsWith('fe80:')
    ? []
    : [{ destination: block, gateway: undefined, isSubnet: true, path }];
}

function isSingle({ prefix, family }: Cidr): boolean {
  return prefix === width(family);
}

function readRoutes(at: Problems, value: unknown): DeclaredRoute[] {
  const list = readList(new Problems(), value) ?? [];
  return [...list].flatMap((item, index) => {
    const { destination, gateway } = readObject(new Problems(), item) ?? {};
    if (typeof destination !== 'string' || typeof gateway !== 'string') return [];
    const [block, router] = [parseCidr(destination), parseAddress(gateway)];
    if (block === undefined || router === undefined) return [];
    return [{ destination: block, gateway: router.text, isSubnet: false, path: at.at(index).at('destination').path }];
  });
}
