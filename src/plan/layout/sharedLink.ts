import type { Problems } from '../argument/problem';
import { isKnown } from '../argument/known';
import type { LinkVlan } from '../link/parentReport';
import { type DeclaredLink, vlanKey } from './declaredLink';

/**
 * A link that two components of a program declare on one host must be the same in both: name, parent interface, VLAN ID, protocol and
 * MTU. Otherwise each would change or refuse what the other made. A shim's link cannot be shared.
 */
export function checkSharedLinks(host: Problems, links: readonly DeclaredLink[]): void {
  const byName = new Map<string, DeclaredLink>();
  const byVlan = new Map<string, DeclaredLink>();
  for (const link of links) {
    const named = first(byName, link.name, link);
    if (isOther(named, link)) checkSameName(host, named, link);
    if (link.vlan === undefined) continue;
    const onVlan = first(byVlan, vlanKey(link.vlan), link);
    if (isOther(onVlan, link) && onVlan.name !== link.name) {
      const expected = `must be ${JSON.stringify(onVlan.name)}, as at ${at(host, onVlan)}, because the kernel has only one link for ${showVlan(link.vlan)}`;
      host.below(link.path).at('interfaceName').add(expected, link.name);
    }
  }
}

/** True for links of different components. A link that one component declares twice is reported by its own check. */
function isOther(earlier: DeclaredLink, link: DeclaredLink): boolean {
  return earlier.component !== link.component;
}

function checkSameName(host: Problems, earlier: DeclaredLink, link: DeclaredLink): void {
  const problems = host.below(link.path);
  const expected = `must be another name than that of ${at(host, earlier)}`;
  if (earlier.isShim || link.isShim) {
    problems.at('interfaceName').add(expected, link.name);
    return;
  }
  if (earlier.vlan === undefined || link.vlan === undefined) return;
  if (vlanKey(earlier.vlan) !== vlanKey(link.vlan)) {
    problems.at('interfaceName').add(`${expected}, which is ${showVlan(earlier.vlan)}`, link.name);
  } else if (earlier.mtu !== link.mtu && isKnown(earlier.mtu) && isKnown(link.mtu)) {
    const same = earlier.mtu === undefined ? "left out, for the parent interface's" : String(earlier.mtu);
    problems.at('mtu').add(`must be ${same}, as at ${at(host, earlier)} for the same link`, link.mtu);
  }
}

/** The link that was first recorded under the key. */
function first(links: Map<string, DeclaredLink>, key: string, link: DeclaredLink): DeclaredLink {
  const earlier = links.get(key);
  if (earlier !== undefined) return earlier;
  links.set(key, link);
  return link;
}

function showVlan({ parentInterface, vlanId, protocol }: LinkVlan): string {
  return `VLAN ${vlanId} (${protocol}) of ${parentInterface}`;
}

function at(host: Problems, { path }: DeclaredLink): string {
  return host.below(path).path;
}
