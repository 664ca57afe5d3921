/**
 * The name of a VLAN, the same on each host of a switched network.
 * @param outer - the name of the VLAN that it is on (Q-in-Q), of which it is a part.
 */
export function vlanNamed(protocol: string, vlanId: number, outer?: string): string {
  return `${outer === undefined ? '' : `${outer}/`}${protocol} ${vlanId}`;
}
