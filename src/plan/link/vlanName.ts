/** The name of a VLAN, the same on each host of a site. */
export function vlanNamed(protocol: unknown, vlanId: unknown): string {
  return `${String(protocol)} ${String(vlanId)}`;
}
