import { lastWords, sshFailure } from '../../../src/host/sshFailure';
import { anyTarget } from '../../sshTarget';

const target = { ...anyTarget, port: 2222 };
const ended = (status: number | undefined, stderr: string) => ({ status, stdout: '', stderr });

test.each([
  [255, 'Host key verification failed.', 'refused', 'does not have the declared host key'],
  [255, 'ops@192.0.2.1: Permission denied (publickey).', 'refused', 'does not let this user in with this key'],
  [255, 'ssh: connect to host 192.0.2.1 port 2222: Connection refused', 'unreachable', 'cannot be reached'],
  [255, 'ssh: Could not resolve hostname x: Name or service not known', 'unreachable', 'cannot be reached'],
  [255, 'kex_exchange_identification: Connection closed by remote host', 'unreachable', 'cannot be reached'],
  [undefined, '', 'unreachable', 'did not answer in time'],
  [
    255,
    'Unable to negotiate with 192.0.2.1 port 2222: no matching host key type found. Their offer: ssh-rsa',
    'refused',
    'does not have the declared host key',
  ],
  [
    255,
    'Unable to negotiate with 192.0.2.1 port 2222: no matching cipher found. Their offer: 3des-cbc',
    'refused',
    'has no algorithm in common',
  ],
])('ssh ends with %s and %j: %s', (status, stderr, kind, reason) => {
  const failure = sshFailure(target, ended(status, stderr));
  expect(failure.kind).toBe(kind);
  expect(failure).toMatchObject({ reason: expect.stringContaining(`ops@192.0.2.1 port 2222 ${reason}`) as string });
});

test.each([
  [undefined, 'no key is declared, so those of the ssh agent were tried'],
  ['/home/me/.ssh/k', 'it must be in authorized_keys of that user, and have no passphrase'],
])('a user who is not let in with the key %s is told what to look at', (identityFile, advice) => {
  const failure = sshFailure({ ...target, identityFile }, ended(255, 'Permission denied (publickey).'));
  expect(failure).toMatchObject({ reason: expect.stringContaining(advice) as string });
});

test('the cause is in the last words', () => {
  expect(lastWords('Warning: something\nssh: the cause\n\n')).toBe('ssh: the cause');
  expect(lastWords('')).toBe('no message');
});

test('a private key that cannot be read is named, because ssh reports it before the refusal', () => {
  const stderr =
    'Load key "/home/me/.ssh/k": error in libcrypto\r\nLoad key "/home/me/.ssh/k": error in libcrypto\r\nPermission denied.\r\n';
  expect(sshFailure(target, ended(255, stderr))).toMatchObject({
    reason: expect.stringContaining('(Load key "/home/me/.ssh/k": error in libcrypto; Permission denied.)') as string,
  });
});
