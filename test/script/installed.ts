import { untilInShell } from '../../lab/lab';
import type { TestNic } from './nic';

/** All that persistence may leave on a host: our records, scripts and specs, what is in the folders of systemd, and what systemd knows of our unit. */
export function installed(nic: TestNic): Promise<string> {
  return nic.sh(
    `find /etc/systemd /run/systemd/network /var/lib/vlan-trunk ! -name '*.wants' 2>/dev/null | sort
     systemctl list-units --all --plain --no-legend 'vlan-trunk*'`,
  );
}

/** Starts the unit as a boot does; how long that took, whether the unit failed, and what it wrote to the journal. */
export async function boot(nic: TestNic): Promise<{ seconds: number; state: string; journal: string }> {
  const text = await nic.sh(
    `systemctl stop vlan-trunk; systemctl reset-failed vlan-trunk 2>/dev/null
     mark=boot-$(cat /proc/sys/kernel/random/uuid); echo $mark | systemd-cat -t vlan-trunk
     ${untilInShell('journalctl --sync && journalctl -t vlan-trunk -o cat | grep -q $mark')}
     begun=$(date +%s); systemctl start vlan-trunk 2>/dev/null; echo $(($(date +%s) - begun))
     systemctl is-active vlan-trunk
     journalctl --sync; journalctl -t vlan-trunk -o cat | sed "1,/$mark/d"`,
  );
  const [seconds, state = '', ...journal] = text.split('\n');
  return { seconds: Number(seconds), state, journal: journal.join('\n') };
}
