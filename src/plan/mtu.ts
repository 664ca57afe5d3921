import type { Known } from './known';
import type { Problem } from './problem';
import type { TrunkSpec } from './trunk';
import { isKnown } from './known';
import { Problems } from './problem';
import { readList, readObject } from './reader';

/**
 * Problems of a trunk's MTUs against its parent interface's, in bytes: the kernel refuses a larger one (EINVAL;
 * vlan_dev_change_mtu). For when the parent's is known: declared, as a VLAN of another trunk, or seen on the host.
 */
export function checkMtu(spec: TrunkSpec, parentMtu: Known<number>): Problem[] {
  const problems = new Problems();
  if (!isKnown(parentMtu)) return [];
  const quiet = new Problems();
  const vlans = readList(quiet, readObject(quiet, spec)?.vlans) ?? [];
  [...vlans].forEach((vlan, index) => {
    const mtu = readObject(quiet, vlan)?.mtu;
    if (typeof mtu !== 'number' || !(mtu > parentMtu)) return;
    problems.at('vlans').at(index).at('mtu').add(`must be at most ${parentMtu}, the parent interface's`, mtu);
  });
  return problems.list;
}
