import { sh } from './facts';
import { forgetStacks, type HostConfig, hostConfigs, newStack, succeeds } from './stack';

/** Users whose login gives no shell, or one that prints more than it is asked for; a host without awk. */

const host = 'n13';
const [n13] = hostConfigs(host) as [HostConfig];
const byCommand = { vlanId: 89 };
const byDocker = { prefix: '192.168.89' };
const preview = async (to: HostConfig, asked: object) =>
  (await newStack('test/e2e/programs/one.ts', 'login', { host: to, ...asked })).preview();

beforeAll(() =>
  sh(
    host,
    `useradd --create-home --shell /usr/sbin/nologin --password '*' shut
     useradd --create-home --shell /bin/bash --groups docker --password '*' noisy
     for user in shut noisy; do
       install -d -m 700 -o $user /home/$user/.ssh
       install -m 600 -o $user /etc/ssh/lab_authorized_keys /home/$user/.ssh/authorized_keys
     done
     printf '%s\\n' 'echo missing; echo "permission denied"; printf "welcome to "' >/home/noisy/.bashrc
     mkdir /home/noisy/.docker && : >/home/noisy/.docker/config.json && chmod 0 /home/noisy/.docker/config.json`,
  ),
);
afterAll(async () => {
  await forgetStacks();
  // Forced: shared connections of these users stay for a minute.
  await sh(host, 'userdel --force --remove shut; userdel --force --remove noisy');
});

test('nologin is a refusal at preview, with the words of the host', async () => {
  const { ok, error } = await preview({ ...n13, user: 'shut' }, byCommand);
  expect(ok).toBe(false);
  expect(error).toContain('shut@10.88.0.23 port 22 lets this user in but does not run `sh` for it');
  expect(error).toContain('This account is currently not available.');
});

test('a host without awk is refused at preview, with the package', async () => {
  await sh(host, 'mv /usr/bin/awk /usr/bin/awk.away');
  try {
    const { ok, error } = await preview(n13, byCommand);
    expect(ok).toBe(false);
    expect(error).toContain('root@10.88.0.23 port 22 has no awk (package mawk or gawk) on the PATH: install it there');
  } finally {
    await sh(host, 'mv /usr/bin/awk.away /usr/bin/awk');
  }
});

test('a start-up file that prints, and a docker command that warns, do no harm', async () => {
  // The docker command does warn: it cannot read its configuration.
  const warned = await sh(host, 'runuser -u noisy -- docker version --format "{{.Server.Version}}" 2>&1');
  expect(warned).toContain('permission denied');
  await succeeds(preview({ ...n13, user: 'noisy' }, byDocker));
});
