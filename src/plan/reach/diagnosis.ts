/**
 * What a host reports of one end of a way on which no packet came through: words by their names, as reach.sh prints them. What could not be found
 * out is absent.
 */
export type EndFacts = Readonly<Partial<Record<EndFact, string>>>;

export type EndFact =
  /** `running`, `stopped` or `absent`; absent for the host itself. */
  | 'container'
  /** The interface that the route to the address leads over, and the next machine on it: the address itself, or a gateway. */
  | 'link'
  | 'hop'
  /** The kernel's state of the neighbour entry of that machine (`REACHABLE`, `FAILED`), and its MAC address. */
  | 'neighbour'
  | 'mac'
  /** Bytes: the interface's own, and the largest packet that came through where one of the size that was asked for did not. */
  | 'mtu'
  | 'largest'
  /** `yes` where the address answers a ping, although not the port. */
  | 'ping'
  /** The interface of the host that it stands on: `up`, `down` or `lowerlayerdown`, the ID of its VLAN, and the mode of macvlan. */
  | 'parent'
  | 'state'
  | 'vlan'
  | 'mode'
  /** At the far end: whether it has the address, on which interface, over which one it answers, and the strictness of its reverse path filter. */
  | 'address'
  | 'at'
  | 'back'
  | 'rpfilter'
  /** Frames that the parent interface received while the near end asked for the address. */
  | 'received'
  /** At the near end: whether a burst of datagrams was `answered`, `refused` or neither (`silent`). */
  | 'sent'
  /** At the far end: datagrams that came to sockets within two seconds, before the burst, and in those two seconds in which most came. */
  | 'quiet'
  | 'peak'
  /** At the far end: `yes` if more datagrams of the port wait to be read than before the burst, and if a socket has the port. */
  | 'queued'
  | 'listens';

/** A way on which no packet came through, and what its ends report. */
export interface LostWay {
  readonly from: string;
  readonly to: string;
  readonly address: string;
  /** The hosts of both ends; absent for an end that no host of the program has. */
  readonly fromHost: string;
  readonly toHost?: string;
  /** Of TCP, unless `protocol` says otherwise. */
  readonly port?: number;
  readonly protocol?: 'icmp' | 'tcp' | 'udp';
  readonly packetSize?: number;
  /** True where the far end has refused a TCP connection or a datagram. */
  readonly isRefused: boolean;
  readonly near: EndFacts;
  /** Absent where the far end is no machine of the program, or its host did not answer. */
  readonly far?: EndFacts;
}

/** Where the packet is lost, and the likely cause. */
export function diagnose(way: LostWay): string {
  return (
    answered(way) ?? withoutShim(way) ?? ownSide(way) ?? (isUnanswered(way.near) ? unanswered(way) : lostBehind(way))
  );
}

/** Gateways of one network that do not answer a container. */
export interface SilentGateways {
  readonly network: string;
  readonly container: string;
  readonly host: string;
  readonly addresses: readonly string[];
  /** The container's end of the way to the first of them. */
  readonly near: EndFacts;
}

/** What a warning says of gateways that do not answer a new container. */
export function describeSilentGateways({ network, container, host, addresses, near }: SilentGateways): string {
  const [which, there] = addresses.length === 1 ? ['its gateway', 'does'] : ['its gateways', 'do'];
  const cause =
    down(near, host) ?? `${addresses.length === 1 ? 'it is' : 'they are'} not there, or ${notCarried(near)}`;
  return `network ${network}: ${which} ${addresses.join(' and ')} ${there} not answer container ${container}: ${cause}`;
}

/** A host beside the containers on its own interface, on which the driver lets it reach none (Docker documentation of macvlan and ipvlan). */
function withoutShim({ to, fromHost, toHost, near, far }: LostWay): string | undefined {
  if (near.container !== undefined || fromHost !== toHost || far?.container !== 'running') return undefined;
  return `no host reaches the containers on its own interface (${far.parent ?? ''}): declare a HostShim for the network of ${to}`;
}

function ownSide({ from, fromHost, address, near }: LostWay): string | undefined {
  if (near.container !== undefined && near.container !== 'running')
    return `${from} is ${near.container} on ${fromHost}`;
  if (near.link === undefined)
    return `${from} has no route to ${address}: it is on no network with that subnet, and has no gateway for that IP version`;
  return down(near, fromHost);
}

/** What an answer of the far end tells. */
function answered(way: LostWay): string | undefined {
  const { to, near, packetSize, isRefused, far, toHost } = way;
  const named = `${way.protocol === 'udp' ? 'UDP' : 'TCP'} port ${way.port ?? ''}`;
  if (isRefused) return `${to} answers, and nothing listens on its ${named}`;
  if (way.protocol === 'udp' && toHost === undefined && !isUnanswered(near)) return untold;
  if (way.protocol === 'udp' && far?.listens === 'no' && near.ping === 'yes')
    return `${to} answers a ping, and nothing listens on its ${named}`;
  if (near.largest !== undefined)
    return `packets of up to ${near.largest} bytes pass, and none of ${packetSize ?? ''}: ${smallMtu(near)}`;
  if (near.ping === 'yes') return `${to} answers a ping: a firewall on the way drops ${named}`;
  return undefined;
}

const untold =
  'that tells nothing of UDP, which a program need not answer: only at a container or a host of this program can it be seen whether datagrams come in';

function smallMtu({ link, mtu, largest }: EndFacts): string {
  return Number(mtu) <= Number(largest)
    ? `the MTU of ${link ?? ''} at its beginning is ${mtu ?? ''}`
    : `the MTU of ${link ?? ''} at its beginning is ${mtu ?? ''}, so that of a link, a switch or a gateway on the way is smaller`;
}

const isUnanswered = ({ neighbour, mac }: EndFacts) => mac === undefined || neighbour === 'FAILED';

/** The next machine on the way does not answer ARP or neighbour discovery. */
function unanswered(way: LostWay): string {
  const { from, to, address, fromHost, toHost, near, far } = way;
  if (near.hop !== address)
    return `the gateway ${near.hop ?? ''} does not answer ${from}: it is not there, or ${notCarried(near)}`;
  if (toHost === undefined) return `nobody has ${address} on the network of ${from}, or ${notCarried(near)}`;
  if (far === undefined) return `${toHost}, the host of ${to}, does not answer either`;
  return (
    farSide(way, far) ??
    onOneHost(way) ??
    (Number(far.received) > 0
      ? `frames come in at ${far.parent ?? ''} of ${toHost}, and no answer of ${to} comes back: a filter on ${toHost}, or port security or a hypervisor that drops frames of a second MAC address`
      : `frames leave ${near.parent ?? near.link ?? ''} of ${fromHost}, and none comes in at ${far.parent ?? ''} of ${toHost}: ${notCarried(near)}`)
  );
}

function farSide({ to, address, toHost = '', near }: LostWay, far: EndFacts): string | undefined {
  if (far.container !== undefined && far.container !== 'running') return `${to} is ${far.container} on ${toHost}`;
  if (far.address === 'no') return `${to} does not have the address ${address}`;
  const wrong = down(far, toHost);
  if (wrong !== undefined) return wrong;
  if (near.vlan === far.vlan) return undefined;
  const tag = ({ vlan }: EndFacts) => (vlan === undefined ? 'no VLAN' : `VLAN ${vlan}`);
  return `${near.parent ?? near.link ?? ''} is on ${tag(near)}, and ${far.parent ?? ''} of ${toHost} on ${tag(far)}`;
}

function onOneHost({ from, to, fromHost, toHost, near }: LostWay): string | undefined {
  if (fromHost !== toHost) return undefined;
  if (near.mode === 'private')
    return `${from} and ${to} are on a network of mode private, which lets no two of a host talk`;
  if (near.mode === 'vepa')
    return `${from} and ${to} are on a network of mode vepa: the switch port of ${fromHost} does not reflect frames (IEEE 802.1Qbg)`;
  return undefined;
}

/** The next machine answers, and the packet or its answer is lost. */
function lostBehind({ to, address, fromHost, toHost, near, far }: LostWay): string {
  if (near.hop !== address)
    return `the gateway ${near.hop ?? ''} answers, and the packet or its answer is lost behind it: its routes or its firewall, or ${to} has another way back`;
  if (far === undefined)
    return `the machine with ${address} (MAC ${near.mac ?? ''}) answers ARP, and drops the packet: its firewall`;
  if (far.mac !== undefined && far.mac !== near.mac)
    return `another machine (MAC ${near.mac ?? ''}) answers for ${address}, which ${to} has with MAC ${far.mac}: the address is given twice`;
  if (far.back !== undefined && far.back !== far.at) {
    const filter = `its reverse path filter (rp_filter ${far.rpfilter ?? ''}) drops what comes in on ${far.at ?? ''}`;
    return far.rpfilter === '1'
      ? `${to} would answer over ${far.back}, so ${filter}`
      : `${to} answers over ${far.back}, not over ${far.at ?? ''} where the packet came in, and that way leads nowhere`;
  }
  return `${to} has the packet on its link, and ${toHost ?? fromHost} or ${to} drops it: a firewall`;
}

function down({ parent, state }: EndFacts, host: string): string | undefined {
  if (parent === undefined || state === undefined || state === 'up' || state === 'unknown') return undefined;
  return state === 'lowerlayerdown'
    ? `${parent} on ${host} has no carrier: its parent interface is down, or its cable or switch port`
    : `${parent} on ${host} is ${state}`;
}

function notCarried({ vlan }: EndFacts): string {
  const port =
    vlan === undefined ? 'the switch port is in another VLAN' : `a switch port on the way does not carry VLAN ${vlan}`;
  return `${port}, or port security or a hypervisor drops frames of a second MAC address`;
}
