import { parseArgs } from 'node:util';
import { isSizeName, type SizeName, sizes } from './size';

export interface Options {
  /** How often each operation is measured; the median counts. */
  runs: number;
  sizes: SizeName[];
  competitors: string[] | undefined;
  /** Measures the host script alone with many links as well. */
  links: boolean;
  /** Ends with one line for programs. */
  json: boolean;
}

const list = (words: string | undefined) => words?.split(',').filter((word) => word !== '');

/** `npm run bench -- [--runs 5] [--only small,twelve] [--competitors ours,bash] [--links] [--json]` */
export function readOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      runs: { type: 'string', default: '5' },
      only: { type: 'string' },
      competitors: { type: 'string' },
      links: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: must be a positive integer, got "${values.runs}"`);
  const names = list(values.only) ?? ['small', 'twelve', 'vlans100'];
  const chosen = names.filter(isSizeName);
  const unknown = names.find((name) => !isSizeName(name));
  if (unknown !== undefined) {
    throw new Error(`--only: must be of ${Object.keys(sizes).join(', ')}, got "${unknown}"`);
  }
  return { runs, sizes: chosen, competitors: list(values.competitors), links: values.links, json: values.json };
}
