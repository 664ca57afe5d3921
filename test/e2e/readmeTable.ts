import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `yes` or `no` where all pairs agree, `–` where there is none, else how many of them answer. */
export function answerCell(answers: boolean[]): string {
  const count = answers.filter(Boolean).length;
  if (answers.length === 0) return '–';
  if (count === 0) return 'no';
  return count === answers.length ? 'yes' : `${count} of ${answers.length}`;
}

/** Rows of cells as a markdown table; the first row is its head. */
export function markdownTable([head = [], ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

const marked = /(<!-- measured by .*?-->\n\n)(.*?)(\n\n<!-- end of what was measured -->)/s;

/**
 * What an example's README has between its two marks. With UPDATE_README=1 it is first given what was measured, so that
 * the table there is always a test's own result.
 */
export function readmeTable(example: string, measured: string): string {
  const file = join(__dirname, '..', '..', 'examples', example, 'README.md');
  const text = readFileSync(file, 'utf8');
  const [, , table] = marked.exec(text) ?? [];
  if (table === undefined) throw new Error(`${file} has no marks around a measured table`);
  if (process.env.UPDATE_README !== '1') return table;
  writeFileSync(
    file,
    text.replace(marked, (_, begin: string, old: string, end: string) => `${begin}${measured}${end}`),
  );
  return measured;
}
