/** The name of a VLAN, the same on each host of a site. */
export function vlanNamed(protocol: string, vlanId: number): string {
  return `${protocol} ${vlanId}`;
}
