import { lookAtEnds, type ProbeOutcome, sendProbes, type SentProbe, type WayEnd } from '../host/reachability';
import { diagnose, type EndFacts } from '../plan/reach/diagnosis';
import type { ProbePlan } from '../plan/reach/probe';
import { addressesTo } from '../plan/reach/targetAddress';
import type { Host } from './host';
import type { ReachEnd } from './reachEnd';

/** From one end to another, and what is asked there. */
export interface Way extends ProbePlan {
  readonly from: ReachEnd;
  readonly to: ReachEnd;
}

/** A way to one address of its far end, and what came of it. */
interface Tried {
  readonly way: Way;
  readonly address: string;
  outcome: ProbeOutcome;
}

/** Sends packets on all ways, in one session a host. Throws with those on which one was lost, or came through that must not. */
export async function requireWays(ways: readonly Way[], hosts: readonly Host[], seconds: number): Promise<void> {
  const nowhere = ways.filter((way) => addressesOf(way).length === 0);
  const tried = (await Promise.all(hosts.map((host) => tryFrom(host, ways, seconds)))).flat();
  const wrong = tried.filter(({ way, outcome }) => way.isReachable !== (outcome.kind === 'passed'));
  // What the host could not send says nothing of the way.
  const failed = tried.filter(({ way, outcome }) => !way.isReachable && outcome.kind === 'failed');
  const far = await lookAtWays(wrong, hosts);
  const texts = [
    ...nowhere.map(
      ({ from, to }) =>
        `${from.name} to ${to.name}: ${to.name} has no address that ${from.name} could reach: give one as text`,
    ),
    ...[...wrong, ...failed].map((one) => textOf(one, far.get(one))),
  ];
  if (texts.length === 0) return;
  throw new Error(`${texts.length} of ${tried.length + nowhere.length} probes failed:\n  ${texts.join('\n  ')}`);
}

function addressesOf({ from, to }: Way): string[] {
  return addressesTo(from.container === undefined ? undefined : from.addresses, to.addresses);
}

async function tryFrom(host: Host, ways: readonly Way[], seconds: number): Promise<Tried[]> {
  const { name } = host.check.component;
  const own = ways
    .filter(({ from }) => from.host === name)
    .flatMap((way) => addressesOf(way).map((address) => ({ way, address })));
  if (own.length === 0) return [];
  const target = host.check.known?.target;
  if (target === undefined) throw new Error(`${name}: it is not known how to reach the host`);
  const probes = own.map(({ way, address }): SentProbe => {
    const { port, packetSize, isReachable: isWanted, from } = way;
    return { isWanted, container: from.container, address, port, packetSize };
  });
  const answer = await sendProbes(target, host.sudo, seconds, probes);
  if (answer.kind !== 'seen') throw new Error(answer.reason);
  const missing: ProbeOutcome = { kind: 'failed', words: 'the host gave no answer', near: {} };
  return own.map((one, index) => ({ ...one, outcome: answer.value[index] ?? missing }));
}

/** What the far ends of lost ways look like, while their near ends ask for them. */
async function lookAtWays(tried: readonly Tried[], hosts: readonly Host[]): Promise<Map<Tried, EndFacts>> {
  const lost = tried.filter(
    ({ way, outcome }) => way.isReachable && way.to.host !== undefined && outcome.kind !== 'failed',
  );
  const found = new Map<Tried, EndFacts>();
  await Promise.all(
    hosts.map(async (host) => {
      const { name } = host.check.component;
      const target = host.check.known?.target;
      const ends = lost.flatMap((one) => endsOn(name, one).map((end) => ({ one, end })));
      if (ends.length === 0 || target === undefined) return;
      const facts = await lookAtEnds(
        target,
        host.sudo,
        ends.map(({ end }) => end),
      );
      ends.forEach(({ one, end }, index) => {
        const seen = facts[index];
        if (end.do === 'end' && seen !== undefined) found.set(one, seen);
      });
    }),
  );
  return found;
}

function endsOn(host: string, { way: { from, to }, address }: Tried): WayEnd[] {
  const source = from.addresses
    .map((text) => text.replace(/\/.*$/, ''))
    .find((text) => text.includes(':') === address.includes(':'));
  return [
    ...(from.host === host ? [{ do: 'knock' as const, container: from.container, address }] : []),
    ...(to.host === host ? [{ do: 'end' as const, container: to.container, address, source: source ?? address }] : []),
  ];
}

function textOf({ way, address, outcome }: Tried, far: EndFacts | undefined): string {
  const { from, to, port, packetSize, isReachable } = way;
  const what = [
    ...(to.name === address ? [] : [address]),
    ...(port === undefined ? [] : [`TCP port ${port}`]),
    ...(packetSize === undefined ? [] : [`${packetSize} bytes`]),
  ];
  const pair = `${from.name} to ${to.name}${what.length === 0 ? '' : ` (${what.join(', ')})`}`;
  if (outcome.kind === 'failed') return `${pair}: ${from.host ?? ''} cannot send it: ${outcome.words}`;
  if (!isReachable) return `${pair}: is reached, and must not be`;
  const lost = diagnose({
    from: from.name,
    to: to.name,
    address,
    fromHost: from.host ?? '',
    ...(to.host !== undefined && { toHost: to.host }),
    ...(port !== undefined && { port }),
    ...(packetSize !== undefined && { packetSize }),
    isRefused: outcome.kind === 'refused',
    near: outcome.near,
    ...(far !== undefined && { far }),
  });
  return `${pair}: no answer: ${lost}`;
}
