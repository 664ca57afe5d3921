import type { Address } from '../ip/address';
import { readAddress } from '../ip/addressReader';
import { Problems } from '../argument/problem';
import { optional, readInteger, readList, readObject, readString } from '../argument/reader';
import type { LinkVlan } from '../link/parentReport';
import { type NetworkPlan, readNetwork } from './network';
import { noGateway } from './subnet';

/** A network as a stack output shows it: plain values, from which another stack's containers are attached to it and checked. */
export interface NetworkReference {
  /** Address of the host, as the stack that declares the network reaches it. */
  host: string;
  /** Docker's ID of the network. */
  id: string;
  /** Docker's name of the network. */
  name: string;
  /** `macvlan` or `ipvlan`. */
  driver: string;
  /** Mode of the driver. */
  mode: string;
  /** Flag of ipvlan. */
  flag?: string;
  /** True for a network that gives no default route. */
  internal: boolean;
  /** Interface on the host; absent where the network has none. */
  parentInterface?: string;
  /** The VLANs that the interface is made of, the inner one first; empty on a NIC. */
  vlans: LinkVlan[];
  /** The switched network that the NIC is plugged into, where the stack names one. */
  physicalNetwork?: string;
  /** The subnets, in the order of the declaration. */
  subnets: SubnetReference[];
  /** The fixed addresses of containers of the stack that declares the network. Others are known to the host's Docker alone. */
  taken: TakenAddress[];
}

/** A subnet of a network of another stack. */
export interface SubnetReference {
  /** CIDR form. */
  subnet: string;
  /** Address of the router, or `none`. */
  gateway: string;
  /** The part that Docker may hand out; absent: all of it. */
  ipRange?: string;
  /** Addresses that Docker never hands out, those of a shim among them. */
  auxiliaryAddresses?: Record<string, string>;
}

/** Where a parent interface leads to. */
export interface ParentPlace {
  /** The VLANs that it is made of, the inner one first; empty on a NIC. */
  readonly vlans: readonly LinkVlan[];
  /** The switched network that the NIC is plugged into, where a component names one. */
  readonly physicalNetwork?: string | undefined;
}

/** A fixed address on a network of another stack. */
export interface TakenAddress {
  /** IPv4 or IPv6. */
  address: string;
  /** Docker's name of the container that it belongs to. */
  container: string;
}

/** A reference after reading. */
export interface ReadReference extends Pick<NetworkReference, 'host' | 'id'>, ParentPlace {
  readonly plan: NetworkPlan & { readonly name: string };
  readonly taken: readonly { readonly address: Address; readonly container: string }[];
}

/** Describes a network whose arguments are right. */
export function referTo(
  plan: NetworkPlan,
  where: Pick<NetworkReference, 'host' | 'id' | 'name'>,
  { vlans, physicalNetwork }: ParentPlace,
  taken: readonly TakenAddress[],
): NetworkReference {
  const { driver = '', mode, flag, internal, parentInterface } = plan;
  return {
    ...where,
    ...{ driver, mode, internal },
    ...(flag !== undefined && { flag }),
    ...(parentInterface !== undefined && { parentInterface }),
    vlans: [...vlans],
    ...(physicalNetwork !== undefined && { physicalNetwork }),
    subnets: plan.subnets.map(({ block, gateway, ipRange, auxiliaryAddresses: auxiliary }) => ({
      subnet: block.text,
      gateway: gateway?.text ?? noGateway,
      ...(ipRange && { ipRange: ipRange.text }),
      ...(auxiliary.size > 0 && {
        auxiliaryAddresses: Object.fromEntries([...auxiliary].map(([name, { text }]) => [name, text])),
      }),
    })),
    taken: [...taken],
  };
}

/** True for what may be meant as a reference, so that its parts are read. */
export function looksLikeReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && 'driver' in value && 'subnets' in value;
}

/** Reads a reference, which may come from any stack's output. `undefined` after adding a problem. */
export function readReference(problems: Problems, value: unknown): ReadReference | undefined {
  const { host, id, vlans, physicalNetwork, taken, ...network } = withoutNull(readObject(problems, value) ?? {});
  const before = problems.count();
  const plan = readNetwork(problems, network);
  if (network.name === undefined) problems.at('name').add('must be a network name', network.name);
  const read = {
    host: readString(problems.at('host'), host) ?? '',
    id: readString(problems.at('id'), id) ?? '',
    vlans: [...(readList(problems.at('vlans'), vlans) ?? [])].flatMap((one, index) =>
      readLinkVlan(problems.at('vlans').at(index), one),
    ),
    physicalNetwork: optional(physicalNetwork, (label) => readString(problems.at('physicalNetwork'), label)),
    taken: [...(readList(problems.at('taken'), taken) ?? [])].flatMap((one, index) =>
      readTaken(problems.at('taken').at(index), one),
    ),
  };
  const { name } = plan;
  return problems.count() > before || name === undefined ? undefined : { ...read, plan: { ...plan, name } };
}

/** The same where its problems are reported elsewhere. */
export function planReference(value: unknown): ReadReference | undefined {
  return looksLikeReference(value) ? readReference(new Problems(), value) : undefined;
}

function readLinkVlan(problems: Problems, value: unknown): LinkVlan[] {
  const one = readObject(problems, value);
  if (one === undefined) return [];
  const parentInterface = readString(problems.at('parentInterface'), one.parentInterface);
  const protocol = readString(problems.at('protocol'), one.protocol);
  const vlanId = readInteger(problems.at('vlanId'), one.vlanId, 1, 4094);
  if (parentInterface === undefined || protocol === undefined || vlanId === undefined) return [];
  return [{ parentInterface, protocol, vlanId }];
}

function readTaken(problems: Problems, value: unknown): { address: Address; container: string }[] {
  const one = readObject(problems, value);
  if (one === undefined) return [];
  const address = readAddress(problems.at('address'), one.address);
  const container = readString(problems.at('container'), one.container);
  return address === undefined || container === undefined ? [] : [{ address, container }];
}

/** Some backends keep what is absent as null. */
function withoutNull(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
