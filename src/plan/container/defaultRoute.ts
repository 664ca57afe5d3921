import type { Family } from '../ip/address';
import type { NetworkPlan } from '../network/network';
import type { Problems } from '../argument/problem';
import { families, isInternal, offersDefaultRoute, withholdsDefaultRoute } from '../network/route';

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
  const family = families.find((each) => offering(candidates, each).length > 1);
  if (family === undefined || chosen.length > 0) {
    if (!checkWithheld(problems, candidates, chosen[0])) checkDualStack(at, candidates, chosen[0]);
    return;
  }
  if (mayBeChosen(candidates)) return;
  const [first = 0, second = 0] = offering(candidates, family);
  const both = `${problems.at(first).path} and ${problems.at(second).path}`;
  problems.say(`must say defaultRoute: true once, because ${both} both offer an IPv${family} default route`);
}

/** True where a value that is not known yet may turn out to be the missing `true`. */
function mayBeChosen(candidates: readonly RouteCandidate[]): boolean {
  return candidates.some(({ isSaid, defaultRoute }) => isSaid && defaultRoute === undefined);
}

function offering(candidates: readonly RouteCandidate[], family: Family): number[] {
  return candidates.flatMap(({ network }, index) =>
    network !== undefined && offersDefaultRoute(network, family) ? [index] : [],
  );
}

/**
 * A network with a gateway in one family and `none` in the other comes before one with a single gateway, and then gives
 * the container no default route of that other family (seen with Engine 29.7.2, in every order of attaching; none before
 * can have such a network). Only `defaultRoute: true` on one that has a gateway there comes before it. True where it has
 * not.
 */
function checkWithheld(problems: Problems, candidates: readonly RouteCandidate[], chosen: number | undefined): boolean {
  const atStake = families.filter(
    (family) => offering(candidates, family).length > 0 && withholder(candidates, family) >= 0,
  );
  const offers = (index: number) => (family: Family) => offering(candidates, family).includes(index);
  const family = atStake.find((each) => chosen === undefined || !offers(chosen)(each));
  if (family === undefined || mayBeOtherwise(candidates, chosen)) return false;

  const path = (index: number): string => problems.at(index).path;
  const right = candidates.flatMap((_, index) => (atStake.every(offers(index)) ? [index] : []));
  const best = right.find((index) => isDualStack(candidates[index])) ?? right[0];
  if (best === undefined) {
    const [one = 0, other = 0] = atStake.map((each) => withholder(candidates, each)).sort((a, b) => a - b);
    problems.say(
      `must not hold both ${path(one)} and ${path(other)}: each has a gateway in the family where the other has none, and Docker would give one of the two default routes`,
    );
    return true;
  }
  const withheld = path(withholder(candidates, family));
  const reason = `${withheld} has an IPv${family} subnet without a gateway, and otherwise leaves the container without an IPv${family} default route`;
  const at = problems.at(chosen ?? best).at('defaultRoute');
  if (chosen === undefined) at.add(`must be true (${reason})`, candidates[best]?.defaultRoute);
  else at.add(`must be on ${path(best)} (${reason})`, true);
  return true;
}

/** True where something is not known yet that decides it, or was found wrong already. */
function mayBeOtherwise(candidates: readonly RouteCandidate[], chosen: number | undefined): boolean {
  if (chosen === undefined) return mayBeChosen(candidates);
  const network = candidates[chosen]?.network;
  return network?.isWhole !== true || isInternal(network);
}

function withholder(candidates: readonly RouteCandidate[], family: Family): number {
  return candidates.findIndex(({ network }) => network !== undefined && withholdsDefaultRoute(network, family));
}

/**
 * Engine 28 gives both default routes to a network that has both families, whatever the priority of one that has a
 * single family (seen with 28.5.2, in every order of attaching; 29.7.2 heeds the priority): a choice that one of them
 * would ignore is refused.
 */
function checkDualStack(
  at: (index: number) => Problems,
  candidates: readonly RouteCandidate[],
  chosen: number | undefined,
): void {
  if (chosen === undefined || isDualStack(candidates[chosen])) return;
  const winner = candidates.findIndex(isDualStack);
  if (winner < 0 || mayBeOtherwise(candidates, chosen)) return;
  at(chosen).say(
    `must be on attachments[${winner}], whose network has IPv4 and IPv6: Engine 28 prefers it to one with a single family`,
  );
}

function isDualStack(candidate: RouteCandidate | undefined): boolean {
  const network = candidate?.network;
  return network !== undefined && offersDefaultRoute(network, 4) && offersDefaultRoute(network, 6);
}
