import { untilInShell } from '../../lab/lab';
import type { TestNic } from './nic';

/**
 * What `ip monitor` reports on a NIC's host while `during` runs: from a change of the NIC's other end before it to one after it,
 * both of which it must report. Begins when the kernel has decided on all IPv6 addresses, as that would be reported too.
 *
 * @param objects as `ip monitor` takes them: `link address`
 */
export async function reported(nic: TestNic, objects: string, during: () => Promise<unknown>): Promise<string> {
  const [log, otherEnd] = [`/run/${nic.name}.log`, `${nic.name}x`];
  const change = (mtu: number) => `ip link set ${otherEnd} mtu ${mtu}; ip link set ${otherEnd} mtu 1500`;
  const has = (mtu: number) => `grep -q '${otherEnd}.* mtu ${mtu} ' ${log}`;
  const undecided = `ip -6 -o addr show tentative | grep -v dadfailed | grep -qF ' ${nic.name}'`;
  await nic.sh(
    `${untilInShell(`! ${undecided}`)}
     timeout 900 ip -o monitor ${objects} >${log} 2>&1 & echo $! >${log}.pid
     ${untilInShell(`{ ${change(1498)}; ${has(1498)}; }`)}`,
  );
  await during();
  return nic.sh(
    `${change(1499)}
     ${untilInShell(has(1499))}
     kill $(cat ${log}.pid); cat ${log}; rm ${log} ${log}.pid`,
  );
}
