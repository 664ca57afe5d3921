import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * What lint does not hold: circles of imports that are types alone, that CONTRIBUTING leads to files that are there, and that the parts of the host
 * script can be joined in any order.
 */

const root = join(__dirname, '../..');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, 'src', file), 'utf8').matchAll(/from '(\.[^']*)'/g)].map(([, path = '']) =>
    relative(root, join(root, 'src', dirname(file), `${path}.ts`)).replace(/^src\//, ''),
  );

/** The first import cycle from a file, as the list of its files. */
function circle(graph: Map<string, string[]>, path: string[], done: Set<string>): string[] | undefined {
  const file = path.at(-1) ?? '';
  const start = path.indexOf(file);
  if (start < path.length - 1) return path.slice(start);
  if (done.has(file)) return undefined;
  for (const next of graph.get(file) ?? []) {
    const found = circle(graph, [...path, next], done);
    if (found !== undefined) return found;
  }
  done.add(file);
  return undefined;
}

test('no file imports itself over other files, types included', () => {
  const graph = new Map(sources.map((file) => [file, importsOf(file)]));
  const done = new Set<string>();
  expect(sources.flatMap((file) => circle(graph, [file], done) ?? [])).toEqual([]);
  expect(sources.length).toBeGreaterThan(60);
});

test('each file that CONTRIBUTING names is there', () => {
  const table = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').split('## Where to change what')[1] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| what'));
  expect(rows.length).toBeGreaterThanOrEqual(20);
  const files = rows.flatMap((row) => [...row.matchAll(/`([^`]+\/[^`]*)`/g)].map(([, file = '']) => file));
  expect(files.length).toBeGreaterThanOrEqual(rows.length);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('no part of the host script but the last uses a variable before it is set', () => {
  const folder = join(root, 'src/host/script');
  const parts = readdirSync(folder).filter((name) => name.endsWith('.sh') && name !== 'main.sh');
  expect(parts.length).toBeGreaterThan(10);
  // At the top level: the body of a function is indented.
  const early = parts.filter((name) => /^[a-z_]+=.*\$/m.test(readFileSync(join(folder, name), 'utf8')));
  expect(early).toEqual([]);
});
