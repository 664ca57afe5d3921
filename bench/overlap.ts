import type { Agent } from './agent';

/** The first and the last moment of something, in seconds. */
type Span = [number, number];

/**
 * The part of the time in which both hosts were at work: what the times have in common of the first and the last creation on each,
 * over what they cover together, networks and containers apart, so that hosts that are served in turn, kind by kind, count as 0.
 */
export function overlapOf(kinds: Span[][]): number {
  const common = (spans: Span[]) =>
    Math.max(0, Math.min(...spans.map(([, to]) => to)) - Math.max(...spans.map(([from]) => from)));
  const length = ([from, to]: Span) => to - from;
  const covered = (spans: Span[]) =>
    spans.map(length).reduce((sum, one) => sum + one, 0) - common(spans) * (spans.length - 1);
  const sum = (figure: (spans: Span[]) => number) => kinds.map(figure).reduce((total, one) => total + one, 0);
  return sum(common) / sum(covered);
}

const created = {
  network:
    "docker network inspect --format '{{.Created.Unix}} {{.Created.UnixMilli}}' $(docker network ls -qf driver=macvlan)",
  container: "docker inspect --format '{{.Created}}' $(docker ps -q)",
};

/** Asks both hosts when their networks and containers were made. */
export async function hostsOverlap(agents: Agent[]): Promise<number> {
  const spans = await Promise.all(
    agents.map(async (agent): Promise<Span[]> => [
      spanOf((await agent.run(created.network)).match(/\d+$/gm)?.map((word) => Number(word) / 1000) ?? []),
      spanOf((await agent.run(created.container)).match(/^\S+$/gm)?.map((word) => Date.parse(word) / 1000) ?? []),
    ]),
  );
  return overlapOf([0, 1].map((kind) => spans.map((ofHost) => ofHost[kind] ?? [NaN, NaN])));
}

const spanOf = (moments: number[]): Span => [Math.min(...moments), Math.max(...moments)];
