import type { Problems } from '../argument/problem';
import { optional, readList } from '../argument/reader';
import { families } from '../network/route';
import { giverOf, mayBeChosen, type RouteCandidate } from './defaultRoute';

/**
 * Docker publishes the ports of a container on a bridge network, and of several networks only on the one that gives the default route (moby,
 * `ProgramExternalConnectivity`; Engines 26 to 29). On all others it ignores them without an error.
 */
export function checkPorts(
  problems: Problems,
  value: unknown,
  attachments: Problems,
  candidates: readonly RouteCandidate[],
): void {
  const ports = optional(value, (given) => readList(problems, given)) ?? [];
  if (ports.length === 0 || candidates.some(isOfUnknownKind)) return;
  const ordinary = candidates.flatMap(({ network }, index) => (network?.ordinary === undefined ? [] : [index]));
  const [first] = ordinary;
  if (first === undefined) {
    problems.addMessage(
      'must be left out: macvlan and ipvlan publish no ports (Docker ignores them); ' +
        "the container's own address has every port open",
    );
    return;
  }
  // Docker adds a bridge of its own for others, such as overlay.
  if (mayBeChosen(candidates) || ordinary.some((index) => candidates[index]?.network?.ordinary?.driver !== 'bridge')) {
    return;
  }
  if (families.some((family) => ordinary.some((index) => giverOf(candidates, family) === index))) return;
  const able = ordinary.find((index) => candidates[index]?.network?.ordinary?.defaultRoutes.length !== 0);
  const reason = 'Docker publishes ports only on the bridge network that gives the default route';
  problems.addMessage(
    able === undefined
      ? `must be left out, or the network of ${attachments.at(first).path} must not be internal: ${reason}`
      : `must be left out, or ${attachments.at(able).at('defaultRoute').path} must be true: ${reason}`,
  );
}

/** Wrong, or a network of which nothing is known yet. */
function isOfUnknownKind({ network }: RouteCandidate): boolean {
  return network === undefined || (network.driver === undefined && network.ordinary === undefined);
}
