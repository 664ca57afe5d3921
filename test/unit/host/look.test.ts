import { engineAtLeast } from '../../../src/host/dockerReport';
import { engine } from '../../../src/plan/network/engineVersion';
import { lastWords, sshFailure } from '../../../src/host/look';

const target = {
  address: '192.0.2.1',
  port: 2222,
  user: 'ops',
  hostKey: undefined,
  identityFile: undefined,
  proxy: undefined,
};
const ended = (status: number | undefined, stderr: string) => ({ status, stdout: '', stderr });

test.each([
  [255, 'Host key verification failed.', 'refused', 'does not have the declared host key'],
  [255, 'ops@192.0.2.1: Permission denied (publickey).', 'refused', 'does not let this user in with this key'],
  [255, 'ssh: connect to host 192.0.2.1 port 2222: Connection refused', 'unreachable', 'cannot be reached'],
  [255, 'ssh: Could not resolve hostname x: Name or service not known', 'unreachable', 'cannot be reached'],
  [undefined, '', 'unreachable', 'did not answer in time'],
])('ssh ends with %s and %j: %s', (status, stderr, kind, reason) => {
  const look = sshFailure(target, ended(status, stderr));
  expect(look.kind).toBe(kind);
  expect(look).toMatchObject({ reason: expect.stringContaining(`ops@192.0.2.1 port 2222 ${reason}`) as string });
});

test('the cause is in the last words', () => {
  expect(lastWords('Warning: something\nssh: the cause\n\n')).toBe('ssh: the cause');
  expect(lastWords('')).toBe('no message');
});

test.each([
  [{ version: '28.5.2' }, engine(28), undefined],
  [{ version: '29.0.0' }, engine(28), undefined],
  [{ version: '26.1.5+dfsg1' }, engine(28), 'this needs Docker Engine 28 or newer, the host has 26.1.5+dfsg1'],
  [{ trouble: 'Docker is not installed' }, engine(26), 'Docker is not installed'],
])('an Engine that says %j, where %j is needed', (report, least, reason) => {
  expect(engineAtLeast({ ...report, links: new Map() }, least, 'this')).toEqual(
    reason === undefined ? { kind: 'seen', value: true } : { kind: 'refused', reason },
  );
});
