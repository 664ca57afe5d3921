import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { checkRegistries, loginOf, registryLogins } from '../../../../src/plan/container/registry';
import { lines } from '../text';

const login = { username: 'reader', password: 'secret' };
const check = (...registries: unknown[]) => lines(checkRegistries(registries));

test.each([
  'registry.example',
  'registry.example:5000',
  'localhost',
  'localhost:5000',
  'team:5000',
  '192.0.2.1:5000',
  '[2001:db8::1]:5000',
  'ghcr.io',
  'docker.io',
  '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
])('%s is a registry', (address) => expect(check({ ...login, address })).toEqual([]));

test.each([
  ['https://registry.example/v2/', ' (did you mean registry.example?)'],
  ['registry.example:5000/team', ' (did you mean registry.example:5000?)'],
  ['team', ''],
  ['', ''],
  ['a b.example', ''],
  ['-x.example', ''],
  ['registry.example:', ''],
])('%p is none', (address, fix) => {
  expect(check({ ...login, address })).toEqual([
    `registries[0].address: must be a registry as an image's name has it, such as 'registry.example:5000', got ${JSON.stringify(address)}${fix}`,
  ]);
});

test('a login needs both of its texts, and no message shows one', () => {
  const address = 'ghcr.io';
  expect(
    check({ address, username: '', password: 7 }, { address: 'quay.io', username: 'me', password: 'hid\ud800den' }),
  ).toEqual([
    'registries[0].username: must be a text that is not empty',
    'registries[0].password: must be a text that is not empty',
    'registries[1].password: must be a text that is not empty',
  ]);
});

test('each is given once, Docker Hub under whichever name', () => {
  expect(check({ ...login, address: 'docker.io' }, { ...login, address: 'index.docker.io' })).toEqual([
    'registries[1].address: must be given once, got "index.docker.io" also at registries[0].address',
  ]);
});

test('what is no list, no object, or not known yet', () => {
  expect(lines(checkRegistries('ghcr.io'))).toEqual(['registries: must be a list, got "ghcr.io"']);
  expect(check(7)).toEqual(['registries[0]: must be an object, got 7']);
  expect(check({ address: notKnown, username: notKnown, password: notKnown })).toEqual([]);
});

test('Docker Hub goes to the provider under both names that it looks for', () => {
  const hub = { ...login, address: 'registry.hub.docker.com' };
  const own = { ...login, address: 'registry.example:5000' };
  expect(registryLogins([hub, own])).toEqual([
    { ...login, address: 'registry-1.docker.io' },
    { ...login, address: 'docker.io' },
    own,
  ]);
});

test('an image has the login of its registry, Docker Hub under whichever name', () => {
  const hub = { ...login, address: 'index.docker.io' };
  const own = { ...login, address: 'registry.example:5000' };
  expect(loginOf([own, hub], 'docker.io')).toBe(hub);
  expect(loginOf([hub, own], 'registry.example:5000')).toBe(own);
  expect(loginOf([hub], 'registry.example')).toBeUndefined();
});
