import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { canonicalHostKey, checkSshHost } from '../../../../src/plan/ssh/sshHost';
import { lines } from '../text';

/** A key's data: the type, then something in the place of the key's numbers. */
const data = (type: string): string =>
  Buffer.concat([Buffer.from([0, 0, 0, type.length]), Buffer.from(type), Buffer.alloc(32, 7)]).toString('base64');
const key = (type: string): string => `${type} ${data(type)}`;
const hostKey = key('ssh-ed25519');
const check = (spec: object): string[] => lines(checkSshHost({ address: '10.0.0.1', hostKey, ...spec }));

describe('accepts', () => {
  test.each<[string, object]>([
    ['an address', {}],
    ['an IPv6 address', { address: '2001:db8::1' }],
    ['a DNS name', { address: 'n1.lab.example' }],
    ['port and user', { port: 2222, user: 'ops_1' }],
    ['a waiver', { hostKey: undefined, acceptAnyHostKey: true }],
    ['a private key', { privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\n…' }],
    ['a key file', { privateKeyFile: '~/.ssh/id_ed25519' }],
    ['a jump host', { proxy: { address: 'jump.example', hostKey } }],
    [
      'values not known yet',
      { address: notKnown, port: notKnown, user: notKnown, hostKey: notKnown, privateKey: notKnown },
    ],
    ['a waiver not known yet', { hostKey: undefined, acceptAnyHostKey: notKnown }],
  ])('%s', (_, spec) => expect(check(spec)).toEqual([]));
});

describe('refuses', () => {
  const name = 'address: must be an IP address or a DNS name';
  const user = "user: must be a user name of letters, digits, '_', '.' and '-', not '-' first";
  test.each<[object, string]>([
    [{ address: '' }, `${name}, got ""`],
    [{ address: undefined }, `${name}, got nothing`],
    [{ address: '-oProxyCommand=id' }, `${name}, got "-oProxyCommand=id"`],
    [{ address: 'n1;reboot' }, `${name}, got "n1;reboot"`],
    [{ address: '10.0.0.256' }, `${name}, got "10.0.0.256"`],
    [{ address: 'fe80::1%eth0' }, `${name}, got "fe80::1%eth0" (did you mean fe80::1?)`],
    [{ address: 'root@n1' }, `${name}, got "root@n1" (did you mean n1?)`],
    [{ address: 'ssh://root@n1:22' }, `${name}, got "ssh://root@n1:22" (did you mean n1?)`],
    [{ address: '[2001:db8::1]:22' }, `${name}, got "[2001:db8::1]:22" (did you mean 2001:db8::1?)`],
    [{ port: 0 }, 'port: must be an integer from 1 to 65535, got 0'],
    [{ port: '22' }, 'port: must be an integer from 1 to 65535, got "22"'],
    [{ user: '-l' }, `${user}, got "-l"`],
    [{ user: 'a b' }, `${user}, got "a b"`],
    [{ hostKey, acceptAnyHostKey: true }, 'acceptAnyHostKey: must be left out where hostKey is given, got true'],
    [
      { privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----', privateKeyFile: 'k' },
      ': must have at most one of privateKey and privateKeyFile, got both',
    ],
    [{ privateKey: 5 }, 'privateKey: must be a string'],
    [{ privateKeyFile: '-k' }, "privateKeyFile: must be a path without '${', not beginning with '-', got \"-k\""],
    [
      { privateKeyFile: '/mnt/${HOME}/k' },
      "privateKeyFile: must be a path without '${', not beginning with '-', got \"/mnt/${HOME}/k\"",
    ],
    [{ proxy: { address: 'j', hostKey, port: 0 } }, 'proxy.port: must be an integer from 1 to 65535, got 0'],
  ])('%j', (spec, problem) => expect(check(spec)).toEqual([problem]));

  test.each([{}, { acceptAnyHostKey: false }])('neither key nor waiver: %j', (spec) =>
    expect(check({ hostKey: undefined, ...spec })).toEqual([
      expect.stringContaining('hostKey: must be the public key'),
    ]),
  );

  test('a private key that is none, without showing it', () => {
    expect(check({ privateKey: 'secret' })).toEqual([
      'privateKey: must be the text of a private key, which begins with "-----BEGIN "',
    ]);
    expect(check({ privateKeyFile: '-----BEGIN secret' })).toEqual([
      'privateKeyFile: must be a path, got the key itself',
    ]);
  });
});

describe('host keys', () => {
  test.each([
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'sk-ssh-ed25519@openssh.com',
    'sk-ecdsa-sha2-nistp256@openssh.com',
  ])('%s is a type', (type) => expect(canonicalHostKey(key(type))).toBe(key(type)));

  test('a real key', () => {
    const real = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
    expect(canonicalHostKey(`${real} github.com\n`)).toBe(real);
  });

  test.each([
    ['a known_hosts line', `n1,10.0.0.1 ${hostKey}`],
    ['a marked known_hosts line', `@cert-authority n1 ${hostKey}`],
  ])('%s: the key in it is offered', (_, text) =>
    expect(check({ hostKey: text })[0]).toMatch(/must be the key alone.*\(did you mean ssh-ed25519 AAAA.*\?\)$/),
  );

  test.each([
    ['alone', key('ssh-rsa')],
    ['in a line of known_hosts', `n1 ${key('ssh-rsa')}`],
    ['in a marked line of known_hosts', `@cert-authority n1 ${key('ssh-rsa')}`],
  ])('an RSA key %s is refused, with what to give in its place', (_, text) => {
    expect(canonicalHostKey(text)).toBeUndefined();
    expect(check({ hostKey: text })[0]).toMatch(
      /^hostKey: must be the host's ed25519 or ecdsa key \(`ssh-keyscan -t ed25519,ecdsa HOST`.*cannot verify.*RSA.*, got "/,
    );
  });

  test('the text of a comment does not matter', () => expect(canonicalHostKey(`${hostKey} ssh-rsa`)).toBe(hostKey));

  test.each([
    ['another type', key('ssh-dss'), "must be a host's public key"],
    [
      'a type that its data contradicts',
      `ecdsa-sha2-nistp256 ${data('ssh-ed25519')}`,
      'must have a complete ecdsa-sha2-nistp256 key',
    ],
    ['data cut short', hostKey.slice(0, 30), 'must have a complete ssh-ed25519 key'],
    ['no base64', 'ssh-ed25519 $(id)', 'must have a complete ssh-ed25519 key'],
    ['a fingerprint', 'SHA256:abc', "must be a host's public key"],
    ['two keys', `${hostKey}\n${hostKey}`, 'must be one public key, on one line'],
    ['no text', 5, "must be a host's public key"],
  ])('%s is refused', (_, text, message) => expect(check({ hostKey: text })[0]).toContain(`hostKey: ${message}`));
});
