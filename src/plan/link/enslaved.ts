import type { ParentReport } from './parentReport';

/** What an interface is called that hands all of its frames to another one, by the kernel's word for that. */
const roles: Readonly<Record<string, string>> = {
  bridge: 'a port of the bridge',
  bond: 'a member of the bond',
  team: 'a member of the team',
};

/**
 * Why an interface cannot be the parent of a network (`device or resource busy`), since it hands its frames to a bridge or bond.
 * @param isForVlans - the parent of VLANs is asked for: the port of a bridge can be one, as the kernel takes tagged frames out before.
 */
export function enslavedFault(
  parentInterface: string,
  { masters }: Pick<ParentReport, 'masters'>,
  isForVlans: boolean,
): string | undefined {
  const master = masters.get(parentInterface);
  const role = master && roles[master.kind];
  if (master === undefined || role === undefined || (isForVlans && master.kind === 'bridge')) return undefined;
  return `${parentInterface} is ${role} ${master.name}, which gets its frames: must be "${master.name}"`;
}
