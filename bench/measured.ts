import type { Cost } from './meter';

/** A size, a competitor and an operation: one row of the table. */
export interface Subject {
  size: string;
  competitor: string;
  operation: string;
}

export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
};

/** All that was measured; answers with medians. */
export class Measured {
  private readonly costs = new Map<string, { subject: Subject; costs: Cost[] }>();

  add(subject: Subject, cost: Cost): void {
    const key = keyOf(subject);
    const known = this.costs.get(key);
    if (known) known.costs.push(cost);
    else this.costs.set(key, { subject, costs: [cost] });
  }

  get subjects(): Subject[] {
    return [...this.costs.values()].map(({ subject }) => subject);
  }

  /** The median of a figure; `undefined` where nothing was measured. */
  median(subject: Subject, figure: (cost: Cost) => number): number | undefined {
    const costs = this.costs.get(keyOf(subject))?.costs;
    return costs && median(costs.map(figure));
  }

  /** The median over all runs of all hosts. */
  perHost(subject: Subject, figure: (cost: Cost['hosts'][number]) => number): number | undefined {
    const costs = this.costs.get(keyOf(subject))?.costs;
    return costs && median(costs.flatMap(({ hosts }) => hosts.map(figure)));
  }
}

const keyOf = ({ size, competitor, operation }: Subject) => [size, competitor, operation].join(' ');
