import type { EndFacts } from '../plan/reach/diagnosis';
import type { ReachProtocol } from '../plan/reach/probe';
import { readEnd } from './endOfWay';
import { partInput, sessionCommand } from './hostSession';
import { factValues, readProbeFacts } from './probeFact';
import type { ProbeResult } from './probeResult';
import { runOverSsh } from './ssh';
import { isFailureOfSsh, noShell, sshFailure } from './sshFailure';
import type { SshTarget } from './sshOption';

/** A packet that a host sends, from one of its containers or itself. */
export interface SentProbe {
  readonly isWanted: boolean;
  /** Docker's name; `undefined` for the host itself. */
  readonly container: string | undefined;
  readonly address: string;
  readonly protocol: ReachProtocol;
  readonly port: number | undefined;
  readonly packetSize: number | undefined;
}

export interface ProbeOutcome {
  /** `silent`: no answer. `refused`: nothing listens on the port. `failed`: the host could not send it. */
  readonly kind: 'passed' | 'silent' | 'refused' | 'failed';
  readonly words: string;
  /** Where it did not pass, and was to. */
  readonly near: EndFacts;
}

/** Both ends of a way on which nothing came through: the far one is listened at while the near one asks. */
export type WayEnd = {
  readonly container: string | undefined;
  readonly address: string;
  /** UDP port to which datagrams are sent, and counted in turn: another turn for each way to one container, since the kernel counts all of them together. */
  readonly datagrams?: { readonly port: number; readonly turn: number } | undefined;
} & (
  | { readonly do: 'knock' }
  | {
      readonly do: 'end';
      /** An address of the near end. */
      readonly source: string;
    }
);

/** How many turns there are for the ways to one container in one session, which has a time limit. */
export const turns = 3;

/** Sends packets from one host in one ssh session; an outcome for each. */
export async function sendProbes(
  target: SshTarget,
  sudo: boolean,
  seconds: number,
  probes: readonly SentProbe[],
): Promise<ProbeResult<ProbeOutcome[]>> {
  const lines = probes.map(({ isWanted, container, address, protocol, port, packetSize }, number) =>
    line('probe', number, isWanted ? 'yes' : 'no', container, address, protocol, port, packetSize),
  );
  const answer = await ask(target, sudo, [`wait ${seconds}`, ...lines]);
  if (answer.kind !== 'seen') return answer;
  const outcomes = probes.map((_, number): ProbeOutcome => {
    const [kind = 'failed', ...words] = answer.value.of('reach', number)?.split(' ') ?? ['failed', 'no outcome'];
    const near = readEnd(answer.value.of('end_of_way', number) ?? '');
    return { kind: kind as ProbeOutcome['kind'], words: words.join(' ').trim(), near };
  });
  return { kind: 'seen', value: outcomes };
}

/** What the ends of lost ways on one host look like, in one ssh session; `undefined` for each that has nothing to tell. */
export async function lookAtEnds(
  target: SshTarget,
  sudo: boolean,
  ends: readonly WayEnd[],
): Promise<(EndFacts | undefined)[]> {
  const lines = ends.map((end, number) => {
    const source = end.do === 'end' ? [end.source] : [];
    const { port, turn } = end.datagrams ?? {};
    return line(end.do, number, end.container, end.address, ...source, port, turn);
  });
  const answer = await ask(target, sudo, lines);
  if (answer.kind !== 'seen') return ends.map(() => undefined);
  return ends.map((_, number) => {
    const words = answer.value.of('end_of_way', number);
    return words === undefined ? undefined : readEnd(words);
  });
}

interface Answer {
  of(fact: string, number: number): string | undefined;
}

/**
 * Of one session, in seconds: up to 20 in which a way may come up, and a dozen pings, each with its second, for the largest packet that passes. A busy
 * host takes twice that.
 */
const limit = 120;

async function ask(target: SshTarget, sudo: boolean, lines: readonly string[]): Promise<ProbeResult<Answer>> {
  const input = partInput(['namespace', 'reachability'], [...(sudo ? ['sudo'] : []), ...lines]);
  const result = await runOverSsh(target, sessionCommand, input, false, limit);
  if (isFailureOfSsh(result)) return sshFailure(target, result);
  const facts = readProbeFacts(result.stdout);
  if (facts === undefined) return { kind: 'refused', reason: noShell(target, result) };
  const of = (fact: string, number: number) =>
    factValues(facts, fact)
      .find((value) => value.startsWith(`${number} `))
      ?.slice(`${number} `.length);
  return { kind: 'seen', value: { of } };
}

/** The values have passed checks that let none of these characters pass; here one would become another word. */
function line(...words: (string | number | undefined)[]): string {
  const texts = words.map((word) => String(word ?? '-'));
  if (texts.some((text) => !/^(-|[A-Za-z0-9:][A-Za-z0-9_.:-]*)$/.test(text)))
    throw new Error('a value cannot be sent to a host');
  return texts.join(' ');
}
