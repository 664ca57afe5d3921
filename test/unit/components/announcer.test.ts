import { Announcer } from '../../../src/components/announcer';
import { announceContainers } from '../../../src/host/announce';
import type { DockerReport } from '../../../src/host/dockerReport';
import type { SshTarget } from '../../../src/host/sshOption';

jest.mock('../../../src/host/announce', () => ({ announceContainers: jest.fn() }));
const sessions = jest.mocked(announceContainers);
const target = { address: '192.0.2.1' } as SshTarget;
const warnings: string[] = [];

const on = (version: string | undefined) =>
  new Announcer({
    report: () => Promise.resolve(version === undefined ? undefined : ({ version } as DockerReport)),
    target: () => target,
    sudo: true,
    warn: (text) => Promise.resolve(void warnings.push(text)),
  });
beforeEach(() => {
  warnings.length = 0;
  sessions.mockReset();
  sessions.mockImplementation((_, __, names) => Promise.resolve(names.map(() => undefined)));
});

test('on an Engine that does not announce, those that are made at a time go in one session', async () => {
  const announcer = on('26.1.5+dfsg1');
  await Promise.all(['web', 'db'].map((name) => announcer.announce(name)));
  expect(sessions.mock.calls).toEqual([[target, true, ['web', 'db']]]);
  expect(warnings).toEqual([]);
});

test.each(['28.0.0', '29.7.2', undefined])('on Engine %s nothing is asked of the host', async (version) => {
  await on(version).announce('web');
  expect(sessions).not.toHaveBeenCalled();
});

test('where it fails, that is a warning, and the up goes on', async () => {
  sessions.mockResolvedValueOnce(['no perl on the host']).mockRejectedValueOnce(new Error('x'));
  const announcer = on('26.1.5');
  await announcer.announce('web');
  await announcer.announce('db');
  expect(warnings).toEqual([
    'neighbours may look for container web where it was, for some minutes: no perl on the host',
    'neighbours may look for container db where it was, for some minutes: Error: x',
  ]);
});
