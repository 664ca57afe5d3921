import { lookAtEnds, type ProbeOutcome, sendProbes, type SentProbe, turns, type WayEnd } from '../host/reachability';
import { deliveryOf } from '../plan/reach/datagram';
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
  readonly outcome: ProbeOutcome;
}

/** What both ends report of a way on which no answer came. */
interface Ends {
  near?: EndFacts;
  far?: EndFacts;
}

/** Sends packets on all ways, in one session a host. Throws with those on which one was lost, or came through that must not. */
export async function requireWays(ways: readonly Way[], hosts: readonly Host[], seconds: number): Promise<void> {
  const nowhere = ways.filter((way) => addressesOf(way).length === 0);
  const tried = (await Promise.all(hosts.map((host) => tryFrom(host, ways, seconds)))).flat();
  const ends = await lookAtWays(tried.filter(needsLook), hosts);
  const texts = [
    ...nowhere.map(
      ({ from, to }) =>
        `${from.name} to ${to.name}: ${to.name} has no address that ${from.name} could reach: give one as text`,
    ),
    ...tried.flatMap((one) => faultOf(one, ends.get(one) ?? {})),
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
    const { protocol, port, packetSize, isReachable: isWanted, from } = way;
    return { isWanted, container: from.container, address, protocol, port, packetSize };
  });
  const answer = await sendProbes(target, host.sudo, seconds, probes);
  if (answer.kind !== 'seen') throw new Error(answer.reason);
  const missing: ProbeOutcome = { kind: 'failed', words: 'the host gave no answer', near: {} };
  return own.map((one, index) => ({ ...one, outcome: answer.value[index] ?? missing }));
}

/** True where both ends are looked at: to find the cause, and to see whether datagrams come in that are not answered. */
function needsLook({ way: { to, isReachable, protocol }, outcome: { kind } }: Tried): boolean {
  if (to.host === undefined || kind === 'failed' || kind === 'passed') return false;
  return isReachable || (protocol === 'udp' && kind === 'silent');
}

/** What the far ends of lost ways look like, while their near ends ask for them. */
async function lookAtWays(lost: readonly Tried[], hosts: readonly Host[]): Promise<Map<Tried, Ends>> {
  const found = new Map<Tried, Ends>(lost.map((one) => [one, {}]));
  for (const round of inTurns(lost)) {
    await Promise.all(
      hosts.map(async (host) => {
        const { name } = host.check.component;
        const target = host.check.known?.target;
        const ends = round.flatMap(({ one, turn }) => endsOn(name, one, turn).map((end) => ({ one, end })));
        if (ends.length === 0 || target === undefined) return;
        const facts = await lookAtEnds(
          target,
          host.sudo,
          ends.map(({ end }) => end),
        );
        for (const [index, { one, end }] of ends.entries()) {
          const seen = facts[index];
          if (seen !== undefined)
            Object.assign(found.get(one) ?? {}, end.do === 'end' ? { far: seen } : { near: seen });
        }
      }),
    );
  }
  return found;
}

/** In rounds of one session a host: as many as the datagrams to one container need, which take turns. */
function inTurns(lost: readonly Tried[]): { one: Tried; turn: number }[][] {
  const count = new Map<string, number>();
  const rounds: { one: Tried; turn: number }[][] = [];
  for (const one of lost) {
    const { to, protocol } = one.way;
    const end = `${to.host ?? ''} ${to.container ?? ''}`;
    const number = protocol === 'udp' ? (count.get(end) ?? 0) : 0;
    if (protocol === 'udp') count.set(end, number + 1);
    (rounds[Math.floor(number / turns)] ??= []).push({ one, turn: number % turns });
  }
  return rounds;
}

function endsOn(host: string, { way: { from, to, protocol, port }, address }: Tried, turn: number): WayEnd[] {
  const source = from.addresses
    .map((text) => text.replace(/\/.*$/, ''))
    .find((text) => text.includes(':') === address.includes(':'));
  const datagrams = protocol === 'udp' && port !== undefined ? { port, turn } : undefined;
  return [
    ...(from.host === host ? [{ do: 'knock' as const, container: from.container, address, datagrams }] : []),
    ...(to.host === host
      ? [{ do: 'end' as const, container: to.container, address, source: source ?? address, datagrams }]
      : []),
  ];
}

/** What is wrong with a way; empty where it is as it must be. */
function faultOf({ way, address, outcome }: Tried, ends: Ends): string[] {
  const { from, to, protocol, port, packetSize, isReachable } = way;
  const what = [
    ...(to.name === address ? [] : [address]),
    ...(port === undefined ? [] : [`${protocol.toUpperCase()} port ${port}`]),
    ...(packetSize === undefined ? [] : [`${packetSize} bytes`]),
  ];
  const pair = `${from.name} to ${to.name}${what.length === 0 ? '' : ` (${what.join(', ')})`}`;
  const { kind } = outcome;
  if (kind === 'failed') return [`${pair}: ${from.host ?? ''} cannot send it: ${outcome.words}`];
  const isUnanswered = protocol === 'udp' && kind === 'silent' && to.host !== undefined;
  const delivery = isUnanswered ? deliveryOf(ends.near, ends.far) : undefined;
  if (delivery === 'untold')
    return [`${pair}: no answer, and it cannot be told whether datagrams come in: ${untold(way, ends.far)}`];
  // A refusal of a datagram tells that it came to the far end.
  const isReached = kind === 'passed' || delivery === 'delivered';
  const comesIn = isReached || (protocol === 'udp' && kind === 'refused');
  if (!isReachable) return comesIn ? [`${pair}: is reached, and must not be`] : [];
  if (isReached) return [];
  const lost = diagnose({
    from: from.name,
    to: to.name,
    address,
    fromHost: from.host ?? '',
    ...(to.host !== undefined && { toHost: to.host }),
    ...(port !== undefined && { port }),
    protocol,
    ...(packetSize !== undefined && { packetSize }),
    isRefused: kind === 'refused',
    near: outcome.near,
    ...(ends.far !== undefined && { far: ends.far }),
  });
  return [`${pair}: no answer: ${lost}`];
}

function untold({ to }: Way, far: EndFacts | undefined): string {
  return far?.quiet === undefined
    ? `${to.host ?? ''} does not report what comes to ${to.name}`
    : `${far.quiet} others come to ${to.name} in two seconds`;
}
