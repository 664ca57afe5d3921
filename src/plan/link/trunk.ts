import type { Known } from '../argument/known';
import type { InterfaceAddress } from '../ip/cidr';
import { edgeName } from '../ip/cidr';
import { readInterfaceAddress } from '../ip/addressReader';
import { FirstSeen } from '../argument/firstSeen';
import {
  defaultInterfaceName,
  firstVlanId,
  fits,
  lastVlanId,
  longestInterfaceName,
  readInterfaceName,
  vlanIdOfName,
} from './interfaceName';
import { isKnown, unknown as notKnown } from '../argument/known';
import type { Problems } from '../argument/problem';
import { optional, readChoice, readInteger, readList, readObject } from '../argument/reader';
import { linkLocal, touches, unusable } from '../ip/specialRange';
import { readMtu } from './mtu';
import { type QosDirection, type QosMap, readQosMap } from './qosMap';
import { type ManagedRouting, readRouting, type Routing } from './routing';
import { readVlanRoutes, type VlanRoute } from './vlanRoute';

/** Tag of the frames: 802.1Q (EtherType 0x8100) or 802.1ad (0x88a8, the outer tag of a provider's trunk). */
export type VlanProtocol = '802.1Q' | '802.1ad';
const protocols: readonly VlanProtocol[] = ['802.1Q', '802.1ad'];

/** The declaration of one VLAN of a trunk. */
export interface VlanSpec {
  /** 1 to 4094 (IEEE 802.1Q). */
  vlanId: number;
  /** The subinterface's name, at most 15 bytes; by default `<parentInterface>.<vlanId>`. */
  interfaceName?: string;
  /** Bytes, 68 to 65535, at least 1280 with IPv6 addresses (RFC 8200). By default the parent's. */
  mtu?: Known<number>;
  /** The host's own addresses on the VLAN with prefix length, `192.168.14.1/24`. By default none. */
  addresses?: Known<readonly Known<string>[]>;
  /** Static routes of the host via routers on the VLAN. By default none. */
  routes?: Known<readonly Known<VlanRoute>[]>;
  /** By default 802.1Q. */
  protocol?: VlanProtocol;
  /** PCP of the tag (0 to 7) for each priority of a packet on the host. By default all frames have PCP 0. */
  egressQosMap?: Known<QosMap>;
  /** Priority of a packet on the host for each PCP of the tag (0 to 7). By default all packets have priority 0. */
  ingressQosMap?: Known<QosMap>;
}

/** A parent interface and its VLANs. An empty list is allowed, so that a running trunk can lose its last VLAN. */
export interface TrunkSpec {
  parentInterface: string;
  vlans: readonly VlanSpec[];
  /** By default unmanaged. */
  routing?: Routing;
}

/** One VLAN with all defaults filled in, except `mtu`: if absent, the link takes the parent's. */
export interface VlanPlan {
  vlanId: number;
  interfaceName: string;
  protocol: VlanProtocol;
  mtu?: Known<number>;
  /** Canonical, in the order given (the first of a subnet is the source address). If the list is not known, one marker stands for it. */
  addresses: Known<string>[];
  /** Canonical, in the order given. If the list is not known, one marker stands for it. */
  routes: Known<VlanRoute>[];
  /** Absent where it is empty. */
  egressQosMap?: Known<QosMap>;
  /** Absent where it is empty. */
  ingressQosMap?: Known<QosMap>;
}

/** A trunk in its normal form: VLANs by ID, so that their order in the program makes no difference. */
export interface TrunkPlan {
  parentInterface: string;
  vlans: VlanPlan[];
  /** Absent where it is left to the host. */
  routing?: ManagedRouting;
}

/** What may be given only once among all VLANs of one trunk. */
interface Taken {
  parentInterface: string | undefined;
  ids: FirstSeen;
  names: FirstSeen;
  addresses: FirstSeen;
  destinations: FirstSeen;
}

/** Reads a trunk: adds all problems, and returns the normal form of the parts that are valid and known. */
export function readTrunk(problems: Problems, value: unknown): TrunkPlan {
  const spec = readObject(problems, value);
  if (spec === undefined) return { parentInterface: '', vlans: [] };
  const parentInterface = readInterfaceName(problems.at('parentInterface'), spec.parentInterface);
  const routing = optional(spec.routing, (given) => readRouting(problems.at('routing'), given));
  const taken = {
    parentInterface,
    ids: new FirstSeen(),
    names: new FirstSeen(),
    addresses: new FirstSeen(),
    destinations: new FirstSeen(),
  };
  const list = problems.at('vlans');
  const vlans = [...(readList(list, spec.vlans) ?? [])]
    .map((vlan, index) => readVlan(list.at(index), vlan, taken))
    .filter((vlan) => vlan !== undefined)
    .sort((a, b) => a.vlanId - b.vlanId || protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol));
  return {
    parentInterface: parentInterface ?? '',
    vlans,
    ...(routing === undefined || routing === 'unmanaged' ? {} : { routing }),
  };
}

function readVlan(problems: Problems, value: unknown, ofTrunk: Taken): VlanPlan | undefined {
  const spec = readObject(problems, value);
  if (spec === undefined) return undefined;
  const at = problems.at('vlanId');
  const vlanId = readInteger(at, spec.vlanId, firstVlanId, lastVlanId);
  const protocol =
    optional(spec.protocol, (given) => readChoice(problems.at('protocol'), given, protocols)) ?? '802.1Q';
  const taken = vlanId === undefined || spec.protocol === notKnown ? ofTrunk : takeId(at, protocol, vlanId, ofTrunk);
  const interfaceName = readName(problems.at('interfaceName'), spec.interfaceName, vlanId, taken);
  const own = readAddresses(problems.at('addresses'), spec.addresses, taken);
  const hasIpv6 = own.some((address) => isKnown(address) && address.address.family === 6);
  const routes = readVlanRoutes(problems.at('routes'), spec.routes, own, taken.destinations);
  const mtu = optional(spec.mtu, (given) => readMtu(problems.at('mtu'), given, hasIpv6));
  const maps = { ...readMap(problems, spec, 'egress'), ...readMap(problems, spec, 'ingress') };
  if (vlanId === undefined || interfaceName === undefined) return undefined;
  const addresses = own.map((address) => (isKnown(address) ? address.text : notKnown));
  return { vlanId, interfaceName, protocol, ...(mtu === undefined ? {} : { mtu }), addresses, routes, ...maps };
}

/** A VLAN that is given twice is one problem, so what the second one has in common with the first, its name above all, is no other. */
function takeId(problems: Problems, protocol: VlanProtocol, vlanId: number, taken: Taken): Taken {
  const key = `${protocol} ${vlanId}`;
  if (taken.ids.add(problems, key, String(vlanId))) return taken;
  const first = taken.ids.placeOf(key)?.replace(/\.vlanId$/, '');
  const [names, addresses, destinations] = [taken.names, taken.addresses, taken.destinations].map((seen) =>
    seen.besides(first),
  ) as [FirstSeen, FirstSeen, FirstSeen];
  return { ...taken, names, addresses, destinations };
}

function readMap(problems: Problems, spec: Readonly<Record<string, unknown>>, direction: QosDirection) {
  const key = `${direction}QosMap` as const;
  const map = optional(spec[key], (given) => readQosMap(problems.at(key), given, direction));
  return map === undefined || (isKnown(map) && Object.keys(map).length === 0) ? {} : { [key]: map };
}

function readName(problems: Problems, value: unknown, vlanId: number | undefined, taken: Taken): string | undefined {
  const { parentInterface } = taken;
  let name: string | undefined;
  if (value === undefined) {
    if (parentInterface === undefined || vlanId === undefined) return undefined;
    name = defaultInterfaceName(parentInterface, vlanId);
    if (!fits(name)) {
      const expected = `must be given where the default is longer than ${longestInterfaceName} bytes`;
      problems.add(expected, name, `"vlan${vlanId}"`);
      return undefined;
    }
  } else {
    name = readInterfaceName(problems, value);
    if (name === undefined) return undefined;
    if (name === parentInterface) problems.add("must differ from the parent interface's name", name);
    const read = vlanIdOfName(name);
    // Docker creates a missing `eth0.60` automatically, and always as VLAN 60.
    if (vlanId !== undefined && read !== undefined && read !== vlanId) {
      problems.add(`must not end in another VLAN ID than ${vlanId}`, name);
    }
  }
  taken.names.add(problems, name, JSON.stringify(name));
  return name;
}

function readAddresses(problems: Problems, value: unknown, taken: Taken): Known<InterfaceAddress>[] {
  if (value === notKnown) return [notKnown];
  const items = [...(optional(value, (given) => readList(problems, given)) ?? [])];
  return items
    .map((item, index) => (item === notKnown ? notKnown : readHostAddress(problems, index, item, taken)))
    .filter((address) => address !== undefined);
}

/** Reads an address that the host itself is to have on a VLAN. */
function readHostAddress(list: Problems, index: number, value: unknown, taken: Taken): InterfaceAddress | undefined {
  const problems = list.at(index);
  const read = readInterfaceAddress(problems, value);
  if (read === undefined) return undefined;
  const { address, block, text } = read;
  const self = { ...block, first: address.value, last: address.value };
  const special = touches(unusable, self);
  const edge = edgeName(block, address);
  if (special !== undefined) problems.add(`must not be a ${special.name} address`, text);
  else if (edge !== undefined) problems.add(`must be the address of a host, not ${edge} of ${block.text}`, text);
  else {
    // Link-local addresses are valid on one link only, and routers often have the same one on every VLAN: each VLAN has its own.
    const place = touches(linkLocal, self) === undefined ? '' : list.path;
    taken.addresses.add(problems, `${place} ${address.text}`, address.text);
  }
  return read;
}
