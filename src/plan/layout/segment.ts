import { vlanIdOfName } from '../link/interfaceName';
import { vlanNamed } from '../link/vlanName';
import type { FoundMaster, LinkVlan } from '../link/parentReport';

/** The network of layer 2 that a link is on: a VLAN (or the untagged network) of an interface that is none itself. */
export interface Segment {
  /** The interface at the bottom: a NIC, a bridge, a bond. */
  readonly nic: string;
  /** Name of the VLAN; `untagged` on the NIC itself. */
  readonly vlan: string;
}

/** What is known of the links of a host. */
export interface KnownLinks {
  /** Those that the program declares. They count before what the host has now. */
  readonly declared: ReadonlyMap<string, LinkVlan>;
  /** Those that preflight has found, `undefined` for what is no VLAN. Empty where it has not been there. */
  readonly found: ReadonlyMap<string, LinkVlan | undefined>;
  /** What hands its frames to another one, as the port of a bridge. */
  readonly masters: ReadonlyMap<string, FoundMaster>;
}

/** The segment of a link: by its declaration, else as the host has it, else by its name, from which Docker makes `eth0.50`. */
export function segmentOf(link: string, links: KnownLinks): Segment {
  const tags = vlansOfLink(link, links);
  const nic = tags.at(-1)?.parentInterface ?? link;
  const name = tags
    .toReversed()
    .reduce<string | undefined>((outer, tag) => vlanNamed(tag.protocol, tag.vlanId, outer), undefined);
  return { nic: masterOf(nic, links.masters), vlan: name ?? 'untagged' };
}

/** The VLANs that a link is made of, the inner one first; none for a NIC. */
export function vlansOfLink(link: string, links: KnownLinks): LinkVlan[] {
  const vlans: LinkVlan[] = [];
  const seen = new Set<string>();
  let at = link;
  // What a host reports may hold a circle.
  for (let vlan = vlanOf(at, links); vlan !== undefined && !seen.has(at); vlan = vlanOf(at, links)) {
    seen.add(at);
    vlans.push(vlan);
    at = vlan.parentInterface;
  }
  return vlans;
}

function vlanOf(link: string, { declared, found }: KnownLinks): LinkVlan | undefined {
  if (declared.has(link)) return declared.get(link);
  if (found.has(link)) return found.get(link);
  const vlanId = vlanIdOfName(link);
  if (vlanId === undefined) return undefined;
  return { parentInterface: link.slice(0, link.lastIndexOf('.')), vlanId, protocol: '802.1Q' };
}

/** What is on the port of a bridge, or the member of a bond, is on the network of that. */
function masterOf(nic: string, masters: ReadonlyMap<string, FoundMaster>): string {
  const seen = new Set<string>();
  let at = nic;
  for (let next = nextOf(at, masters); next !== undefined && !seen.has(at); next = nextOf(at, masters)) {
    seen.add(at);
    at = next;
  }
  return at;
}

/** A VRF is no network of layer 2. */
function nextOf(nic: string, masters: ReadonlyMap<string, FoundMaster>): string | undefined {
  const master = masters.get(nic);
  return master !== undefined && ['bridge', 'bond', 'team'].includes(master.kind) ? master.name : undefined;
}
