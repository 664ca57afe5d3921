import type { Family } from './address';
import type { NetworkPlan } from './network';
import type { Problems } from './problem';
import { isInternal, offersDefaultRoute } from './route';

/** What the check of default routes needs of one attachment. */
export interface RouteCandidate {
  network: NetworkPlan | undefined;
  /** `undefined` where nothing was said, or it is not known yet. */
  defaultRoute: boolean | undefined;
  isSaid: boolean;
}

/**
 * A container has one default route a family. Engines differ in which of several networks gives it, so where several
 * could, one attachment must say `defaultRoute: true`.
 */
export function checkDefaultRoutes(problems: Problems, candidates: readonly RouteCandidate[]): void {
  const at = (index: number): Problems => problems.at(index).at('defaultRoute');
  const chosen = candidates.flatMap(({ defaultRoute }, index) => (defaultRoute === true ? [index] : []));
  for (const index of chosen.slice(1))
    at(index).add(`must be true once, as for ${problems.at(chosen[0] ?? 0).path}`, true);
  for (const index of chosen) {
    const network = candidates[index]?.network;
    if (network?.isWhole === true && isInternal(network)) {
      at(index).add('must be on a network with a gateway', true);
    }
  }
  checkDualStack(at, candidates, chosen[0]);
  // A value not known yet may turn out to be the missing `true`.
  if (chosen.length > 0 || candidates.some((candidate) => candidate.isSaid && candidate.defaultRoute === undefined))
    return;
  const family = ([4, 6] as const).find((each) => offering(candidates, each).length > 1);
  if (family === undefined) return;
  const [first = 0, second = 0] = offering(candidates, family);
  const both = `${problems.at(first).path} and ${problems.at(second).path}`;
  problems.say(`must say defaultRoute: true once, because ${both} both offer an IPv${family} default route`);
}

function offering(candidates: readonly RouteCandidate[], family: Family): number[] {
  return candidates.flatMap(({ network }, index) =>
    network !== undefined && offersDefaultRoute(network, family) ? [index] : [],
  );
}

/**
 * Docker gives both default routes to a network that has both families, whatever the priority of one that has a single
 * family (seen with Engine 28.5.2, in every order of attaching): a choice that would be ignored is refused.
 */
function checkDualStack(
  at: (index: number) => Problems,
  candidates: readonly RouteCandidate[],
  chosen: number | undefined,
): void {
  if (chosen === undefined || isDualStack(candidates[chosen])) return;
  const winner = candidates.findIndex(isDualStack);
  const network = candidates[chosen]?.network;
  if (winner < 0 || network?.isWhole !== true || isInternal(network)) return;
  at(chosen).say(
    `must be on attachments[${winner}], whose network has IPv4 and IPv6: Docker prefers it to one with a single family`,
  );
}

function isDualStack(candidate: RouteCandidate | undefined): boolean {
  const network = candidate?.network;
  return network !== undefined && offersDefaultRoute(network, 4) && offersDefaultRoute(network, 6);
}
