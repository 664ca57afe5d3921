import type { ParentReport } from '../link/parentReport';

/** Modes of a bond that put the MAC address of a member in place of the sender's, in frames that leave by it (seen on Linux 6.12: 29 of 48). */
const rewriting: readonly string[] = ['balance-alb', 'balance-tlb'];

/**
 * Whether an interface lets frames of further MAC addresses through, as each container of a macvlan network has one.
 * @param nic - the interface at the bottom, below all VLANs.
 */
export function checkSecondMac(
  nic: string,
  { wireless, bonds }: Pick<ParentReport, 'wireless' | 'bonds'>,
): { fault?: string; warning?: string } {
  if (wireless.has(nic)) {
    return {
      fault: `${nic} is a Wi-Fi interface, whose access point drops frames of further MAC addresses, as each container of a macvlan network has one: use an ipvlan network there, or a wired interface`,
    };
  }
  const mode = bonds.get(nic);
  if (mode === undefined || !rewriting.includes(mode)) return {};
  return {
    warning: `${nic} is a bond in mode ${mode}, which sends part of the frames of macvlan networks with the MAC address of one of its members, so that whatever learns or filters by MAC address takes them for those of others: active-backup, balance-xor and 802.3ad leave them as they are, and ipvlan networks have no MAC address of their own`,
  };
}
