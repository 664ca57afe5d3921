import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The shape of what it prints; how long it takes is the machine's affair. */
test('bench:plan --json prints one line with the three figures, and nothing else', () => {
  const root = join(__dirname, '../../..');
  const text = execFileSync('npm', ['run', '-s', 'bench:plan', '--', '--json'], { cwd: root, encoding: 'utf8' });
  expect(text).toMatch(/^\{.*\}\n$/);
  const figures = JSON.parse(text) as Record<string, unknown>;
  expect(Object.keys(figures)).toEqual(['seconds', 'peakMb', 'growth']);
  for (const figure of Object.values(figures)) expect(figure).toBeGreaterThan(0);
}, 600_000);
