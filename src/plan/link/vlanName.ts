/**
 * The name of a VLAN, the same on each host of a site.
 * @param outer - the name of the VLAN that it is on (Q-in-Q), of which it is a part.
 */
export function vlanNamed(protocol: string, vlanId: number, outer?: string): string {
  return `${outer === undefined ? '' : `${outer}/`}${protocol} ${vlanId}`;
}

/** The VLAN that an interface is on by its name alone, as Docker reads it: `eth0.50`; `untagged` for a name without a dot. */
export function vlanOfName(interfaceName: string): string {
  const [, ...ids] = interfaceName.split('.');
  return ids.length === 0 ? 'untagged' : ids.map((id) => vlanNamed('802.1Q', Number(id))).join('/');
}
