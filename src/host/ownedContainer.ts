import { fieldOf, isRecord, textOf, textsOf } from './jsonField';
import { ownerLabel, revisionLabel } from './ownerLabel';

/** A container with an owner, as a host has it. */
export interface OwnedContainer {
  readonly name: string;
  /** The value of `ownerLabel`. */
  readonly owner: string;
  /** The value of `revisionLabel`. */
  readonly revision: string | undefined;
  /** Docker's word: `running`, `exited`, `paused`, … */
  readonly status: string;
  /** When it was last started, in milliseconds since 1970 (of the host's clock); `NaN` where that is not known. */
  readonly startedAt: number;
  /** Its connections, by the names of their networks. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}

/** The connection of a container to a network. */
export interface Endpoint {
  readonly networkId: string | undefined;
  /** The addresses: of a container that does not run, those that it was given. */
  readonly addresses: readonly string[];
  readonly macAddress?: string | undefined;
  /** Its names there. */
  readonly names: readonly string[];
  /** `name=value`, as Docker's `--driver-opt`. */
  readonly driverOptions: readonly string[];
}

/** Reads what the Engine says of one container (`GET /containers/ID/json`). `undefined` for anything else. */
export function readOwnedContainer(inspected: unknown): OwnedContainer | undefined {
  const name = textOf(fieldOf(inspected, 'Name'));
  const owner = textOf(fieldOf(inspected, 'Config', 'Labels', ownerLabel));
  const status = textOf(fieldOf(inspected, 'State', 'Status'));
  if (name === undefined || owner === undefined || status === undefined) return undefined;
  const networks = fieldOf(inspected, 'NetworkSettings', 'Networks');
  const endpoints = Object.entries(isRecord(networks) ? networks : {}).map(
    ([network, value]) => [network, readEndpoint(value)] as const,
  );
  // Docker prints it with a slash in front.
  return {
    name: name.replace(/^\//, ''),
    owner,
    revision: textOf(fieldOf(inspected, 'Config', 'Labels', revisionLabel)),
    status,
    startedAt: Date.parse(String(fieldOf(inspected, 'State', 'StartedAt'))),
    endpoints: new Map(endpoints),
  };
}

function readEndpoint(value: unknown): Endpoint {
  const given = isRecord(value) ? value : {};
  const has = textsOf(given);
  const asked = textsOf(given.IPAMConfig);
  const addresses = [has.IPAddress ?? asked.IPv4Address, has.GlobalIPv6Address ?? asked.IPv6Address];
  return {
    networkId: has.NetworkID,
    macAddress: has.MacAddress,
    addresses: addresses.flatMap((address) => address ?? []),
    // Older Engines list a name in one of the two.
    names: [given.Aliases, given.DNSNames].flatMap((list) => (Array.isArray(list) ? list.map(String) : [])),
    driverOptions: Object.entries(textsOf(given.DriverOpts)).map(([option, text]) => `${option}=${text}`),
  };
}
