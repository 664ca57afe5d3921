import type { Family } from '../ip/address';
import type { NetworkPlan } from '../network/network';
import type { Problems } from '../argument/problem';
import { families, isInternal, offersDefaultRoute, withholdsDefaultRoute } from '../network/route';

/** What the check of default routes needs of one attachment. */
export interface RouteCandidate {
  network: NetworkPlan | undefined;
  /** `undefined` if it is not set, or not known yet. */
  defaultRoute: boolean | undefined;
  /** True if it is set in the declaration, known or not. */
  isSet: boolean;
}

/**
 * A container has one default route in each family. Engines differ in which of several networks gives it. So if several could, one
 * attachment must set `defaultRoute: true`.
 */
export function checkDefaultRoutes(problems: Problems, candidates: readonly RouteCandidate[]): void {
  const at = (index: number): Problems => problems.at(index).at('defaultRoute');
  const chosen = candidates.flatMap(({ defaultRoute }, index) => (defaultRoute === true ? [index] : []));
  for (const index of chosen.slice(1))
    at(index).add(`must be true once, as for ${problems.at(chosen[0] ?? 0).path}`, true);
  for (const index of chosen) {
    const network = candidates[index]?.network;
    if (network?.isComplete === true && isInternal(network)) {
      at(index).add('must be on a network with a gateway', true);
    }
  }
  const family = families.find((each) => offering(candidates, each).length > 1);
  if (family === undefined || chosen.length > 0) {
    if (!checkWithheld(problems, candidates, chosen[0])) checkOtherFamily(problems, candidates, chosen[0]);
    return;
  }
  if (mayBeChosen(candidates)) return;
  const [first = 0, second = 0] = offering(candidates, family);
  const both = `${problems.at(first).path} and ${problems.at(second).path}`;
  problems.addMessage(`must set defaultRoute: true once, because ${both} both offer an IPv${family} default route`);
}

/** Which of the networks gives the default route of a family; `undefined` where none does, or several could and none is chosen. */
export function giverOf(candidates: readonly RouteCandidate[], family: Family): number | undefined {
  const able = offering(candidates, family);
  return able.find((index) => candidates[index]?.defaultRoute === true) ?? (able.length === 1 ? able[0] : undefined);
}

/** True if a value that is not known yet may turn out to be the missing `true`. */
export function mayBeChosen(candidates: readonly RouteCandidate[]): boolean {
  return candidates.some(({ isSet, defaultRoute }) => isSet && defaultRoute === undefined);
}

function offering(candidates: readonly RouteCandidate[], family: Family): number[] {
  return candidates.flatMap(({ network }, index) =>
    network !== undefined && offersDefaultRoute(network, family) ? [index] : [],
  );
}

/**
 * A network with a gateway in one family and `none` in the other comes before one with a single gateway, and then gives
 * the container no default route of that other family (seen with Engine 29.7.2, in every order of attaching; none before
 * 29 can have such a network). Only `defaultRoute: true` on one that has a gateway there comes before it, from Engine 29.4.1 on:
 * see `overtaker`. Returns true if a problem was added.
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
    problems.addMessage(
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

/** True if the choice depends on a value that is not known yet, or for which a problem is reported already. */
function mayBeOtherwise(candidates: readonly RouteCandidate[], chosen: number | undefined): boolean {
  if (chosen === undefined) return mayBeChosen(candidates);
  const network = candidates[chosen]?.network;
  return network?.isComplete !== true || isInternal(network);
}

function withholder(candidates: readonly RouteCandidate[], family: Family): number {
  return candidates.findIndex(({ network }) => network !== undefined && withholdsDefaultRoute(network, family));
}

/**
 * Where the chosen network has one family, another one that has both gives the other default route. Refused if a third one offers that,
 * too: `defaultRoute` cannot be true for a second network.
 */
function checkOtherFamily(problems: Problems, candidates: readonly RouteCandidate[], chosen: number | undefined): void {
  if (chosen === undefined || isDualStack(candidates[chosen])) return;
  const winner = candidates.findIndex(isDualStack);
  if (winner < 0 || mayBeOtherwise(candidates, chosen)) return;
  const open = families.find((family) => {
    const offers = offering(candidates, family);
    return offers.length > 1 && !offers.includes(chosen);
  });
  if (open === undefined) return;
  const [first = 0, second = 0] = offering(candidates, open).map((index) => problems.at(index).path);
  problems
    .at(chosen)
    .at('defaultRoute')
    .addMessage(
      `must be on ${problems.at(winner).path}, because ${first} and ${second} both offer an IPv${open} default route`,
    );
}

/**
 * The attachment whose network gives both default routes on Engines before 29.4.1, although another one was chosen: those take the first
 * network that counts as having both families, whatever the priorities (moby, getGatewayEndpoint; seen with 28.5.2). 29.4.1 and
 * later choose by priority in each family. `undefined` where there is none, or the chosen network counts as having both as well.
 */
export function overtaker(candidates: readonly RouteCandidate[]): number | undefined {
  const chosen = candidates.find(({ defaultRoute }) => defaultRoute === true);
  if (chosen === undefined || countsAsDualStack(chosen)) return undefined;
  const index = candidates.findIndex(countsAsDualStack);
  return index < 0 ? undefined : index;
}

/** True for a network with both families, and for a gateway in one family and `none` in the other: Engines treat both alike. */
function countsAsDualStack({ network }: RouteCandidate): boolean {
  if (network === undefined) return false;
  const counts = (family: Family) => offersDefaultRoute(network, family) || withholdsDefaultRoute(network, family);
  return families.some((family) => offersDefaultRoute(network, family)) && families.every(counts);
}

function isDualStack(candidate: RouteCandidate | undefined): boolean {
  const network = candidate?.network;
  return network !== undefined && offersDefaultRoute(network, 4) && offersDefaultRoute(network, 6);
}
