import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { cachePrivateKey, identityPath } from '../../../src/host/keyFile';

const home = userInfo().homedir;

test.each([
  ['below the home', `${home}/.ssh/id`, '%d/.ssh/id'],
  ['below the home, with a percent sign', `${home}/100%d/id`, '%d/100%%d/id'],
  ['elsewhere', '/mnt/100%/id', '/mnt/100%%/id'],
  ['beside the home', `${home}x/id`, `${home}x/id`],
])('a key %s is spelled with ssh’s tokens', (_, file, spelled) => {
  expect(identityPath(file)).toBe(spelled);
});

test('a key given as text is a file that only its user can read, under a name that is the same on every machine', () => {
  const spelled = cachePrivateKey('a test, and no key');
  expect(spelled).toMatch(/^%d\/\.cache\/vlan-trunk\/keys\/[0-9a-f]{32}$/);
  expect(cachePrivateKey('a test, and no key\n')).toBe(spelled);
  const file = spelled.replace('%d', home);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toBe('a test, and no key\n');
  // Jest's own `process` never ends, so nothing removes it.
  for (const left of readdirSync(dirname(file)).filter((one) => one.startsWith(basename(file)))) {
    rmSync(join(dirname(file), left));
  }
});
