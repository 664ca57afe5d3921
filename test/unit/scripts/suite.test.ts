import { globSync, readFileSync } from 'node:fs';
import { everyday, longer } from '../../../scripts/suite';

const suites = [...everyday, ...longer];

test('each file with tests of the lab is in a suite, and each suite has files', () => {
  const files = globSync('test/{e2e,script,conformance,engine,cli}/*.test.ts').map((file) =>
    file.slice('test/'.length, -'.test.ts'.length),
  );
  const named = suites.flatMap(({ files }) => files);
  const within = (name: string, file: string) => (name.endsWith('/') ? file.startsWith(name) : file === name);
  expect(files.filter((file) => !named.some((name) => within(name, file)))).toEqual([]);
  expect(named.filter((name) => !files.some((file) => within(name, file)))).toEqual([]);
});

test('titles are distinct', () => {
  expect(new Set(suites.map(({ title }) => title)).size).toBe(suites.length);
});

test('a suite has the hosts that its files name, which no other suite uses meanwhile', () => {
  const missing = suites.flatMap(({ title, hosts, asks = [], files }) =>
    files
      .filter((name) => !name.endsWith('/'))
      .flatMap((name) => {
        const text = readFileSync(`test/${name}.test.ts`, 'utf8');
        const named = new Set([...text.matchAll(/'(n\d+)'/g)].map(([, host = '']) => host));
        return [...named]
          .filter((host) => ![...hosts, ...asks].includes(host))
          .map((host) => `${title}: ${name} ${host}`);
      }),
  );
  expect(missing).toEqual([]);
});
