import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as surface from '../../../src/index';

const root = join(__dirname, '../../..');
const made = mkdtempSync(join(tmpdir(), 'reference-'));

beforeAll(() => {
  const argv = [join(root, 'node_modules/.bin/tsx'), 'scripts/reference.mts', made];
  execFileSync(process.execPath, argv, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}, 600_000);

afterAll(() => rmSync(made, { recursive: true }));

function pages(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('docs/reference matches the docstrings; if not, run `npm run docs`', () => {
  expect(pages(join(root, 'docs/reference'))).toEqual(pages(made));
});

test('each component has its page, named in the index, and what is internal is on none', () => {
  const { 'README.md': index = '', ...others } = pages(made);
  const isFunction = (name: string) => /^[a-z]/.test(name);
  for (const name of Object.keys(surface).filter(isFunction)) expect(others['type.md']).toContain(`## ${name}()`);
  for (const component of Object.keys(surface).filter((name) => !isFunction(name))) {
    const file = `${component.charAt(0).toLowerCase()}${component.slice(1)}.md`;
    expect(index).toContain(`[${component}](${file})`);
    expect(others[file]).toMatch(new RegExp(`^# ${component}\n[^]*\n## ${component}Args\n`));
  }
  for (const page of Object.values(others))
    expect(page).not.toMatch(/knownTarget|dockerOptions|NetworkInputs|__pulumi/);
});
