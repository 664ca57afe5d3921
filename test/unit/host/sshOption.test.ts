import { dockerSshOptions, dockerUrl, sshArguments, sshOptions, type SshTarget } from '../../../src/host/sshOption';

const target: SshTarget = {
  address: '192.0.2.1',
  port: 22,
  user: 'root',
  hostKey: 'ssh-ed25519 AAAA',
  identityFile: '%d/.ssh/id_ed25519',
  proxy: undefined,
};

const valueOf = (options: string[], key: string) =>
  options.find((option) => option.startsWith(`${key}=`))?.slice(key.length + 1);

test.each([
  ['192.0.2.1', 'ssh://192.0.2.1'],
  ['host.example', 'ssh://host.example'],
  ['2001:db8::1', 'ssh://[2001:db8::1]'],
])('the URL for Docker of %s', (address, url) => {
  expect(dockerUrl({ address })).toBe(url);
});

test('only the pinned key is taken, from no file, and nothing is asked', () => {
  const options = sshOptions(target);
  expect(options.slice(0, 6)).toEqual(['-F', 'none', '-l', 'root', '-p', '22']);
  expect(valueOf(options, 'StrictHostKeyChecking')).toBe('yes');
  expect(valueOf(options, 'UserKnownHostsFile')).toBe('/dev/null');
  expect(valueOf(options, 'KnownHostsCommand')).toMatch(
    /; echo "\$4" "\$5"' sh %d\/\.cache\/vlan-trunk %d\/\.ssh\/id_ed25519 %I %H "ssh-ed25519 AAAA"$/,
  );
  expect(valueOf(options, 'BatchMode')).toBe('yes');
});

test('a waived key is checked against nothing', () => {
  const options = sshOptions({ ...target, hostKey: undefined });
  expect(valueOf(options, 'StrictHostKeyChecking')).toBe('no');
  expect(valueOf(options, 'KnownHostsCommand')).not.toContain('%H');
});

test('with a key file no agent is asked; without one the agent is', () => {
  expect(valueOf(sshOptions(target), 'IdentityAgent')).toBe('none');
  expect(valueOf(sshOptions({ ...target, identityFile: undefined }), 'IdentityAgent')).toBeUndefined();
});

test('nothing after "--" can be read as an option', () => {
  expect(sshArguments(target).slice(-2)).toEqual(['--', '192.0.2.1']);
});

test('what Docker adds to the docker provider’s options comes behind the address and the command', () => {
  const options = dockerSshOptions(target);
  expect(options.slice(0, -4)).toEqual(sshOptions(target));
  expect(options.slice(-4)).toEqual(['-T', '--', '192.0.2.1', expect.stringMatching(/^sh -c /)]);
});

describe('a shared connection', () => {
  const path = (change: Partial<SshTarget>) => valueOf(sshOptions({ ...target, ...change }), 'ControlPath');

  test('is the same path on every machine, and short enough for a socket', () => {
    expect(path({})).toBe(path({}));
    expect(path({})).toMatch(/^%d\/\.cache\/vlan-trunk\/[0-9a-f]{16}$/);
  });

  test.each<[string, Partial<SshTarget>]>([
    ['another address', { address: '192.0.2.2' }],
    ['another port', { port: 2222 }],
    ['another user', { user: 'ops' }],
    ['another pinned key', { hostKey: 'ssh-ed25519 BBBB' }],
    ['no pinned key', { hostKey: undefined }],
    ['another private key', { identityFile: '%d/.ssh/other' }],
    ['a jump host', { proxy: { ...target, address: '192.0.2.9' } }],
  ])('is not shared with %s', (_, change) => {
    expect(path(change)).not.toBe(path({}));
  });
});

test('a jump host is reached by an ssh of its own, with its own pinned key, its tokens kept from the outer ssh', () => {
  const command = valueOf(
    sshOptions({ ...target, proxy: { ...target, address: '192.0.2.9', hostKey: 'ssh-ed25519 JUMP' } }),
    'ProxyCommand',
  );
  expect(command).toMatch(/^ssh -F none .* -W '\[%h\]:%p' -- 192\.0\.2\.9$/);
  expect(command).toContain('%%H "ssh-ed25519 JUMP"');
  expect(command).toContain('IdentityFile=%%d/.ssh/id_ed25519');
});

test.each([
  ['/mnt/my keys/id', '"/mnt/my keys/id"'],
  ['/mnt/#1', '"/mnt/#1"'],
  [String.raw`/mnt/a"b\c`, String.raw`"/mnt/a\"b\\c"`],
  ['%d/.ssh/id', '%d/.ssh/id'],
])('the key file %s is one word of an ssh_config line: %s', (identityFile, word) => {
  expect(valueOf(sshOptions({ ...target, identityFile }), 'IdentityFile')).toBe(word);
});
