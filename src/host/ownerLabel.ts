/** The label of every Docker network and container that this package makes; its value is the owner. Docker keeps it with them. */
export const ownerLabel = 'vlan-trunk.owner';

/**
 * The label that says which creation a network or container is: another value replaces it. The program gives the value
 * that the host has, as long as nothing has drifted.
 */
export const revisionLabel = 'vlan-trunk.revision';

/** Stands for an owner that has not made anything yet, so that all that exists is foreign. */
export const newOwner = 'new';

/** Those of other owners. While the owner is not known, all that have one are left out, because they may be its own. */
export function foreignOnes<T extends { readonly owner: string }>(
  existing: readonly T[],
  owner: string | undefined,
): T[] {
  return existing.filter((one) => one.owner !== owner && (owner !== undefined || one.owner === ''));
}
